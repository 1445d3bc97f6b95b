import picocolors from "picocolors";
import type { Tone } from "../status";

/** Paints text for a terminal, or leaves it as it is. */
export interface TextStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly tone: (tone: Tone, text: string) => string;
}

/** The style of a text form: colours only where they were asked for. */
export function textStyle(color: boolean): TextStyle {
  const colors = picocolors.createColors(color);
  const tones: Readonly<Record<Tone, (text: string) => string>> = {
    active: colors.blue,
    good: colors.green,
    bad: colors.red,
    warning: colors.yellow,
    quiet: colors.dim,
  };
  return { bold: colors.bold, dim: colors.dim, tone: (tone, text) => tones[tone](text) };
}

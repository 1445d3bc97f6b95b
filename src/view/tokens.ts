/** The colours of one theme, as `#rrggbb`. */
export interface Palette {
  readonly surface: string;
  readonly ink: string;
  /** Labels and other secondary text. */
  readonly muted: string;
  /** Borders and rules. */
  readonly line: string;
  /** The tint of a side panel or a highlighted row. */
  readonly fill: string;
  readonly accent: string;
  readonly good: string;
  readonly bad: string;
  readonly warning: string;
}

/** One colour per run in a chart: mid-tones that stand at 3 : 1 or better on both themes' surfaces. */
export const seriesColours = [
  "#3b7ddd",
  "#d2691e",
  "#1f9d6b",
  "#b455ad",
  "#9a7b00",
  "#1693a5",
  "#d4476a",
  "#7a8491",
] as const;

/** How much ink the derived colours hold, in percent; the rest is the surface below. */
export const inkShare = { muted: 68, line: 14, fill: 4 } as const;

/** Type: a system face at two sizes, in pixels. */
export const type = {
  family: "system-ui,sans-serif",
  mono: "ui-monospace,Menlo,monospace",
  size: 13,
  small: 12,
  leading: 1.45,
} as const;

/** Distances, in pixels. `narrow` is the width of the output below which side panels move under the main one. */
export const space = { gap: 8, inset: 14, row: 5, radius: 8, maxWidth: 860, narrow: 600 } as const;

/** Blends two `#rrggbb` colours: `share` percent of `top` over `bottom`. */
export function mix(top: string, bottom: string, share: number): string {
  const channel = (colour: string, at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  const blended = [1, 3, 5].map((at) =>
    Math.round((channel(top, at) * share + channel(bottom, at) * (100 - share)) / 100)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${blended.join("")}`;
}

type Chosen = Omit<Palette, "muted" | "line" | "fill">;

function palette(chosen: Chosen): Palette {
  return {
    ...chosen,
    muted: mix(chosen.ink, chosen.surface, inkShare.muted),
    line: mix(chosen.ink, chosen.surface, inkShare.line),
    fill: mix(chosen.ink, chosen.surface, inkShare.fill),
  };
}

/** On white, or on a host's light background. */
export const light: Palette = palette({
  surface: "#ffffff",
  ink: "#1b1f24",
  accent: "#2563d8",
  good: "#147143",
  bad: "#bd3128",
  warning: "#875a00",
});

/** On near black, or on a host's dark background. */
export const dark: Palette = palette({
  surface: "#111418",
  ink: "#e6e9ee",
  accent: "#6ea8fe",
  good: "#4cc38a",
  bad: "#ff8178",
  warning: "#e2b34c",
});

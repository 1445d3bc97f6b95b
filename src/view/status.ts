import type { RunStatus } from "../core";
import { type Markup, markup } from "./markup";

/** The meaning of a colour, the same in every form. */
export type Tone = "active" | "good" | "bad" | "warning" | "quiet";

/** How a run's status is said: by word, glyph and colour. */
export interface StatusSign {
  readonly glyph: string;
  readonly word: string;
  readonly tone: Tone;
}

const SIGNS: Readonly<Record<RunStatus, StatusSign>> = {
  RUNNING: { glyph: "●", word: "running", tone: "active" },
  SCHEDULED: { glyph: "○", word: "scheduled", tone: "quiet" },
  FINISHED: { glyph: "✓", word: "finished", tone: "good" },
  FAILED: { glyph: "✕", word: "failed", tone: "bad" },
  KILLED: { glyph: "■", word: "killed", tone: "warning" },
};

/** The sign of a status. `activity` is the word for a running one, such as `training`. */
export function statusSign(status: RunStatus, activity?: string): StatusSign {
  const sign = SIGNS[status];
  return status === "RUNNING" && activity !== undefined ? { ...sign, word: activity } : sign;
}

/** A status as HTML. */
export function statusMarkup(status: RunStatus, activity?: string): Markup {
  const sign = statusSign(status, activity);
  return markup`<span class="state ${sign.tone}">${sign.glyph} ${sign.word}</span>`;
}

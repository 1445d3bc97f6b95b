/** What a migration counts on both sides. */
export const COUNTED = [
  "experiments",
  "runs",
  "params",
  "tags",
  "metric points",
  "model metric points",
  "data sets",
  "artifacts",
  "logged models",
  "registered models",
  "model versions",
] as const;

/** Something that a migration counts. */
export type Counted = (typeof COUNTED)[number];

/** How many there are in the source, and how many of them in the target, read after they were written. */
export interface Tally {
  readonly source: Record<Counted, number>;
  readonly target: Record<Counted, number>;
}

const zeros = (): Record<Counted, number> =>
  Object.fromEntries(COUNTED.map((counted) => [counted, 0])) as Record<Counted, number>;

/** A tally of nothing. */
export const newTally = (): Tally => ({ source: zeros(), target: zeros() });

/** Adds to both sides. */
export function count(tally: Tally, counted: Counted, source: number, target: number): void {
  tally.source[counted] += source;
  tally.target[counted] += target;
}

/** What is not all in the target. */
export const missingIn = ({ source, target }: Tally): readonly Counted[] =>
  COUNTED.filter((counted) => target[counted] < source[counted]);

/** The nearest known word as a question, else what to do instead. */
export const didYouMean = (nearest: string | undefined, otherwise: string): string =>
  nearest === undefined ? otherwise : `did you mean ${JSON.stringify(nearest)}?`;

const EXAMPLES: Readonly<Record<string, string>> = {
  metric: 'logMetric("loss", 0.25)',
  param: 'logParam("alpha", 0.5)',
  tag: 'setTag("stage", "dev")',
  experiment: 'setExperiment("penguins")',
  dataset: 'dataset(rows, { name: "penguins" })',
};

/** A call that names a thing of this kind as it should be. */
export const exampleOf = (kind: string): string => EXAMPLES[kind] ?? 'a name such as "penguins"';

/** The path without what makes it wrong: empty, `.` and `..` parts; `undefined` when nothing is left. */
export function normalisedPath(path: string): string | undefined {
  const parts = path
    .split(/[/\\]/)
    .filter((part) => part !== "" && part !== "." && part !== ".." && !part.endsWith(":"));
  return parts.length === 0 ? undefined : parts.join("/").replaceAll("\0", "");
}

/** A name that would be taken, made by putting `_` for each character that is refused; `undefined` for what is no text. */
export const withoutCharacters = (name: unknown, refused: RegExp): string | undefined =>
  typeof name === "string" && name !== "" ? name.replace(refused, "_") : undefined;

const LISTINGS: Readonly<Record<string, string>> = {
  run: "`trackbook runs list` shows the ids.",
  experiment: "`trackbook experiments search` shows the ids.",
  "active experiment": "`trackbook experiments search --view all` shows which there are.",
  "deleted experiment": "`trackbook experiments search --view deleted_only` shows the ids.",
  "deleted run": "`trackbook gc --dry-run` shows what is deleted.",
  "deleted logged model": "`trackbook gc --dry-run` shows what is deleted.",
};

/** The command that shows which things of a kind there are; `undefined` for a kind that has none. */
export const listingOf = (kind: string): string | undefined => LISTINGS[kind];

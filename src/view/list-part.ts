import { formatCount, formatPlural } from "./format";

/** Which part of a longer list is shown, where nobody counted the whole. */
export interface ListPart {
  /** The position of the first shown. @default 1 */
  readonly first?: number;
  /** More follow behind the last shown. @default false */
  readonly hasMore?: boolean;
}

/** How many there are: `27 runs`; of a part: `the first 50 runs`, `runs 51–100`, `runs 101–120 of 120`. Without a noun the numbers alone. */
export function countWords(shown: number, total: number, { first = 1, hasMore = false }: ListPart, noun = ""): string {
  if (first === 1 && !hasMore) return noun === "" ? formatCount(total) : formatPlural(total, noun);
  if (first === 1) return `the first ${noun === "" ? formatCount(shown) : formatPlural(shown, noun)}`;
  const last = first + shown - 1;
  const words = `${noun === "" ? "" : `${noun}s `}${formatCount(first)}–${formatCount(last)}`;
  return hasMore ? words : `${words} of ${formatCount(last)}`;
}

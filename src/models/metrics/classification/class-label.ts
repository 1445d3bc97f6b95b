/** A class as programs name them. */
export type ClassLabel = string | number | boolean;

/** The distinct labels in scikit-learn's order: numbers by size, everything else by its text. */
export function distinctLabels(...lists: readonly ArrayLike<ClassLabel>[]): ClassLabel[] {
  const labels = [...new Set(lists.flatMap((list) => Array.from(list)))];
  if (labels.every((label) => typeof label === "number")) return (labels as number[]).sort(byNumber);
  return labels.sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

/** NaN last. */
function byNumber(a: number, b: number): number {
  if (Number.isNaN(a)) return 1;
  return Number.isNaN(b) ? -1 : a - b;
}

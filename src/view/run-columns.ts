/** What tells runs apart: params and metrics by key. */
export interface RunValues {
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Every key of several records, in order of first appearance. */
export function keysOf(records: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

/** Whether a key has not one and the same value in all records. Absence is a value of its own; NaN equals NaN. */
function isDiffering(records: readonly Readonly<Record<string, unknown>>[], key: string): boolean {
  const [first, ...rest] = records.map((record) => (Object.hasOwn(record, key) ? record[key] : undefined));
  return rest.some((value) => !Object.is(value, first));
}

/** Keys parted into those that differ between records and those that do not. */
export function partKeys(records: readonly Readonly<Record<string, unknown>>[]): {
  readonly differing: readonly string[];
  readonly equal: readonly string[];
} {
  const keys = keysOf(records);
  const differing = records.length < 2 ? keys : keys.filter((key) => isDiffering(records, key));
  const isShown = new Set(differing);
  return { differing, equal: keys.filter((key) => !isShown.has(key)) };
}

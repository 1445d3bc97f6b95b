/** A record of rows' keys and values; a key may be called `__proto__`. A value that is NULL is an empty text. */
export function textsOf(
  rows: readonly { readonly key: string; readonly value: string | null }[],
): Record<string, string> {
  return recordOf(rows.map(({ key, value }) => [key, value ?? ""]));
}

/** A record of keys and values; a key may be called `__proto__`. */
export function recordOf<V>(entries: readonly (readonly [key: string, value: V])[]): Record<string, V> {
  return Object.fromEntries(entries);
}

/** The rows of each of those that they belong to. */
export function groupBy<R, K>(rows: readonly R[], keyOf: (row: R) => K): (key: K) => readonly R[] {
  const groups = new Map<K, R[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return (key) => groups.get(key) ?? [];
}

/** The last of those that have the same key, in the order of the first: a database refuses one row twice in a statement. */
export function lastOfEach<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

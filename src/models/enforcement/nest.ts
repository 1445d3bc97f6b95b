/** Values that lie flat as nested lists of that shape. */
export function nest(values: ArrayLike<unknown>, shape: readonly number[]): unknown[] {
  let level: unknown[] = Array.from(values);
  for (const length of shape.slice(1).reverse()) {
    const items = level;
    level = Array.from({ length: items.length / length }, (_, row) => items.slice(row * length, (row + 1) * length));
  }
  return level;
}

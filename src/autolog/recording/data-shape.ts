interface Shaped {
  readonly shape?: readonly (number | null)[];
  readonly rows?: number;
  readonly columns?: number;
  readonly length?: number;
}

/** The shape of training data in words, `333 × 4`; `undefined` for what has none. Looks at the first row only. */
export function describeShape(data: unknown): string | undefined {
  if (data === null || typeof data !== "object") return undefined;
  const { shape, rows, columns, length } = data as Shaped;
  if (Array.isArray(shape)) return shape.map((size) => size ?? "?").join(" × ");
  if (typeof rows === "number" && typeof columns === "number") return `${rows} × ${columns}`;
  if (typeof length !== "number") return undefined;
  const first = (data as ArrayLike<unknown>)[0];
  if (first !== null && typeof first === "object") {
    const inner = (first as Shaped).length ?? Object.keys(first).length;
    return `${length} × ${inner}`;
  }
  return `${length}`;
}

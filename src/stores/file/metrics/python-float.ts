const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const SPECIAL: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
]);

/**
 * A number as Python's `repr(float)` writes it: `3.0`, `0.1`, `1e+22`, `1e-05`, `-0.0`, `nan`, `inf`.
 * Both languages write the shortest digits that read back the same; only the form of the exponent and its bounds differ.
 */
export function formatFloat(value: number): string {
  if (Number.isInteger(value)) {
    if (value < 1e16 && value > -1e16) return Object.is(value, -0) ? "-0.0" : `${value}.0`;
    return value.toExponential();
  }
  if (value < 1e-4 && value > -1e-4) {
    const text = value.toExponential();
    const exponent = text.indexOf("e-") + 2;
    return text.length - exponent === 1 ? `${text.slice(0, exponent)}0${text.slice(exponent)}` : text;
  }
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

/** The number that Python's `float(text)` reads; `undefined` for text that it refuses. */
export function parseFloatText(text: string): number | undefined {
  if (FLOAT.test(text)) return Number(text);
  const sign = text.startsWith("-") ? -1 : 1;
  const special = SPECIAL.get(text.replace(/^[+-]/, "").toLowerCase());
  return special === undefined ? undefined : sign * special;
}

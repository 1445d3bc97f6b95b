/**
 * JSON from which every number comes back as it was: `JSON.stringify` makes 0 of −0 and `null` of the infinities. NaN alone is still
 * `null`, for there is no JSON number that is read as NaN.
 */
export function exactJson(value: unknown): string {
  return write(value, "") ?? "null";
}

function write(given: unknown, key: string): string | undefined {
  const value = hasToJson(given) ? given.toJSON(key) : given;
  if (typeof value === "number") return writeNumber(value);
  if (Array.isArray(value)) return `[${value.map((item, index) => write(item, String(index)) ?? "null").join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).flatMap((name) => {
    const text = write((value as Readonly<Record<string, unknown>>)[name], name);
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
  });
  return `{${members.join(",")}}`;
}

/** A number beyond the range of a double is read as infinity, by JavaScript and by Python alike. */
function writeNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
  if (Number.isNaN(value)) return "null";
  return value > 0 ? "1e999" : "-1e999";
}

const hasToJson = (value: unknown): value is { toJSON(key: string): unknown } =>
  typeof (value as { toJSON?: unknown } | null | undefined)?.toJSON === "function";

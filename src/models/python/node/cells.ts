/**
 * A value in JSON from which it comes back as it was. Numbers, texts, booleans, `null` and lists stand for themselves; an object with one key says what
 * JSON has no form for: `{"n": "NaN"}` a number, `{"i": "9007199254740993"}` a bigint, `{"d": 0}` a date (milliseconds), `{"b": "AA=="}` bytes,
 * `{"o": [["key", value], …]}` an object.
 */
export type Cell =
  | number
  | string
  | boolean
  | null
  | readonly Cell[]
  | { readonly n: string }
  | { readonly i: string }
  | { readonly d: number | null }
  | { readonly b: string }
  | { readonly o: readonly (readonly [string, Cell])[] };

/** The value that a cell stands for. */
export function decodeCell(cell: Cell): unknown {
  if (cell === null || typeof cell !== "object") return cell;
  if (Array.isArray(cell)) return (cell as readonly Cell[]).map(decodeCell);
  if ("n" in cell) return Number(cell.n);
  if ("i" in cell) return BigInt(cell.i);
  if ("d" in cell) return new Date(cell.d ?? Number.NaN);
  if ("b" in cell) return Buffer.from(cell.b, "base64");
  const { o } = cell as { readonly o: readonly (readonly [string, Cell])[] };
  return Object.fromEntries(o.map(([key, value]) => [key, decodeCell(value)]));
}

/** The cell for a value; what is no data (a function, a symbol) becomes `null`, as in JSON. */
export function encodeCell(value: unknown): Cell {
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return { i: String(value) };
  if (value === null || typeof value !== "object") return null;
  if (Array.isArray(value)) return Array.from(value, encodeCell);
  if (value instanceof Uint8Array) return { b: Buffer.from(value).toString("base64") };
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, encodeCell);
  if (Object.prototype.toString.call(value) === "[object Date]") {
    const time = (value as Date).getTime();
    return { d: Number.isNaN(time) ? null : time };
  }
  const { toJSON } = value as { readonly toJSON?: unknown };
  if (typeof toJSON === "function") return encodeCell(toJSON.call(value, ""));
  return { o: Object.entries(value).map(([key, item]) => [key, encodeCell(item)] as const) };
}

const encodeNumber = (value: number): Cell =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : { n: Object.is(value, -0) ? "-0" : String(value) };

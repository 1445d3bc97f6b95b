import type { PredictionInput } from "../../predictor";
import { decodeCell, type Cell } from "./cells";
import type { Frame } from "./frames";

/** Values as they travel: in a block of bytes, or each as a cell. */
export type Values = { readonly block: number; readonly type: BlockType } | { readonly cells: readonly Cell[] };

/** Names are NumPy's; `date` is milliseconds in a double, NaN where there is none. */
export type BlockType = keyof typeof READERS;

interface Part {
  readonly name?: string;
  /** MLflow's column type, where the signature declares one. */
  readonly type?: object;
  /** Of a tensor. */
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly values: Values;
}

/** What Python asks. */
interface Question {
  readonly kind: "columns" | "tensors";
  readonly rows: number;
  readonly parts: readonly Part[];
  readonly params: Cell;
}

/** What a model is asked, made from what Python sent. */
export function readRequest({ body, blocks }: Frame): {
  readonly input: PredictionInput;
  readonly params: Readonly<Record<string, unknown>>;
} {
  const { kind, rows, parts, params } = body as Question;
  const read = parts.map(({ values, ...rest }) => ({ ...rest, values: readValues(values, blocks) }));
  const input =
    kind === "columns" ? { kind, rows, columns: read } : ({ kind, rows, tensors: read } as unknown as PredictionInput);
  return { input: input as PredictionInput, params: decodeCell(params) as Readonly<Record<string, unknown>> };
}

function readValues(values: Values, blocks: readonly Uint8Array[]): ArrayLike<unknown> {
  if ("cells" in values) return values.cells.map(decodeCell);
  // Each block begins a memory of its own, so every alignment is right.
  return READERS[values.type]((blocks[values.block] as Uint8Array).buffer as ArrayBuffer);
}

const READERS = {
  float64: (bytes: ArrayBuffer) => new Float64Array(bytes),
  float32: (bytes: ArrayBuffer) => new Float32Array(bytes),
  int8: (bytes: ArrayBuffer) => new Int8Array(bytes),
  uint8: (bytes: ArrayBuffer) => new Uint8Array(bytes),
  int16: (bytes: ArrayBuffer) => new Int16Array(bytes),
  uint16: (bytes: ArrayBuffer) => new Uint16Array(bytes),
  int32: (bytes: ArrayBuffer) => new Int32Array(bytes),
  uint32: (bytes: ArrayBuffer) => new Uint32Array(bytes),
  int64: (bytes: ArrayBuffer) => new BigInt64Array(bytes),
  uint64: (bytes: ArrayBuffer) => new BigUint64Array(bytes),
  bool: (bytes: ArrayBuffer) => Array.from(new Uint8Array(bytes), Boolean),
  date: (bytes: ArrayBuffer) =>
    Array.from(new Float64Array(bytes), (time) => (Number.isNaN(time) ? null : new Date(time))),
};

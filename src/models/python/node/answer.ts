import { encodeCell, type Cell } from "./cells";
import type { Frame } from "./frames";

/** Predictions of one output: numbers in a block with its shape, or everything as cells. */
type Output =
  | { readonly block: number; readonly type: string; readonly shape: readonly number[] }
  | { readonly cells: Cell };

/** The message that carries predictions: `{"output": …}`, or `{"outputs": [[name, …], …]}` for several named ones. */
export function encodeAnswer(predictions: unknown): Frame {
  const blocks: Uint8Array[] = [];
  const body = isNamed(predictions)
    ? { outputs: Object.entries(predictions).map(([name, value]) => [name, encodeOutput(value, blocks)]) }
    : { output: encodeOutput(predictions, blocks) };
  return { body, blocks };
}

/** True for an object whose keys name outputs. */
const isNamed = (value: unknown): value is Readonly<Record<string, unknown>> =>
  Object.prototype.toString.call(value) === "[object Object]";

function encodeOutput(value: unknown, blocks: Uint8Array[]): Output {
  const block = typedBlock(value) ?? numberBlock(value);
  if (!block) return { cells: encodeCell(value) };
  const { bytes, type, shape } = block;
  return { block: blocks.push(bytes) - 1, type, shape };
}

interface NumericBlock {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly shape: readonly number[];
}

const TYPED: Readonly<Record<string, string>> = {
  Float64Array: "float64",
  Float32Array: "float32",
  Int8Array: "int8",
  Int16Array: "int16",
  Uint16Array: "uint16",
  Int32Array: "int32",
  Uint32Array: "uint32",
  BigInt64Array: "int64",
  BigUint64Array: "uint64",
};

function typedBlock(value: unknown): NumericBlock | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  const type = TYPED[Object.prototype.toString.call(value).slice(8, -1)];
  if (type === undefined) return undefined;
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return { bytes, type, shape: [(value as Float64Array).length] };
}

/** Nested lists of numbers of one shape. */
function numberBlock(value: unknown): NumericBlock | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const shape: number[] = [];
  for (let level: unknown = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  const numbers = new Float64Array(shape.reduce((size, length) => size * length, 1));
  let filled = 0;
  const fill = (level: unknown, depth: number): boolean => {
    if (depth === shape.length) {
      if (typeof level !== "number") return false;
      numbers[filled++] = level;
      return true;
    }
    if (!Array.isArray(level) || level.length !== shape[depth]) return false;
    for (let index = 0; index < level.length; index++) if (!fill(level[index], depth + 1)) return false;
    return true;
  };
  if (!fill(value, 0)) return undefined;
  return { bytes: new Uint8Array(numbers.buffer), type: "float64", shape };
}

import type { ColumnSample, ModelSource, PredictionInput, Predictor, TensorSample } from "../../models";

type Data = ArrayLike<number> | ArrayLike<bigint> | ArrayLike<string>;

/** As much of an `ort.Tensor` as is used here. */
interface OrtTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: Data;
}

/** What a model says of an input or output; a length that it leaves open has a name, or none. */
interface ValueInfo {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

/** As much of an `ort.InferenceSession` as is used here. */
interface Session {
  readonly inputMetadata: readonly ValueInfo[];
  readonly outputMetadata: readonly ValueInfo[];
  run(feeds: Readonly<Record<string, OrtTensor>>, fetches: readonly string[]): Promise<Record<string, OrtTensor>>;
}

/** As much of onnxruntime-node as is used here. */
interface OnnxRuntime {
  readonly InferenceSession: { create(path: string, options: object): Promise<Session> };
  readonly Tensor: new (type: string, data: Data, dims: readonly number[]) => OrtTensor;
}

/** The copy of the library that made each session. */
const libraries = new WeakMap<object, OnnxRuntime>();

/**
 * The ONNX models that Python has logged (`mlflow.onnx.log_model`), run by onnxruntime's own binding for Node. A table becomes the model's inputs as MLflow
 * does it (mlflow/onnx, _OnnxModelWrapper): all columns side by side for a model of one input, for one of several each column by its name.
 */
export const predictor: Predictor<Session> = {
  async restore(source) {
    const runtime = source.require("onnxruntime-node") as OnnxRuntime;
    const path = `${source.folder}/${String(source.config.data)}`;
    const session = await runtime.InferenceSession.create(path, optionsOf(source));
    libraries.set(session, runtime);
    tellOfOutputs(session);
    return session;
  },
  async predict(session, input) {
    const names = session.outputMetadata.flatMap(({ isTensor, name }) => (isTensor ? [name] : []));
    if (input.rows === 0) return named(names, () => []);
    const { Tensor } = libraries.get(session) as OnnxRuntime;
    const blocks = blocksFor(session.inputMetadata, input);
    const feeds = session.inputMetadata.map((info, index): readonly [string, OrtTensor] => {
      const { values, shape } = blocks[index] as Block;
      return [info.name, new Tensor(String(info.type), dataOf(values, info), fitShape(shape, info.shape))];
    });
    const outputs = await session.run(Object.fromEntries(feeds), names);
    return named(names, (name) => nest(outputs[name] as OrtTensor));
  },
};

/** Lists by name, or the one list. */
const named = (names: readonly string[], of: (name: string) => unknown): unknown =>
  names.length === 1 ? of(names[0] as string) : Object.fromEntries(names.map((name) => [name, of(name)]));

const LEVELS: Readonly<Record<string, string>> = { 0: "disabled", 1: "basic", 2: "extended", 3: "layout", 99: "all" };

/** MLflow's options of the session, under their names in JavaScript. */
function optionsOf({ config }: ModelSource): object {
  const given = (config.onnx_session_options ?? {}) as Readonly<Record<string, string | number | undefined>>;
  const { intra_op_num_threads, inter_op_num_threads, execution_mode, graph_optimization_level } = given;
  return {
    ...(intra_op_num_threads && { intraOpNumThreads: intra_op_num_threads }),
    ...(inter_op_num_threads && { interOpNumThreads: inter_op_num_threads }),
    ...(execution_mode && { executionMode: String(execution_mode).toLowerCase() }),
    ...(graph_optimization_level !== undefined && { graphOptimizationLevel: LEVELS[graph_optimization_level] }),
  };
}

/** onnxruntime-node reads tensors only. */
function tellOfOutputs({ outputMetadata }: Session): void {
  const others = outputMetadata.flatMap(({ isTensor, name }) => (isTensor ? [] : [name]));
  if (others.length === 0) return;
  const text = `${others.join(", ")}: no tensor, which is all that onnxruntime-node reads. skl2onnx makes one of a classifier's probabilities with options={"zipmap": False}.`;
  if (others.length === outputMetadata.length) throw new TypeError(text);
  process.emitWarning(`The model's predictions come without ${text}`);
}

type Block = Pick<TensorSample, "shape" | "values">;

function blocksFor(inputs: readonly ValueInfo[], input: PredictionInput): readonly Block[] {
  const parts: readonly (ColumnSample | TensorSample)[] = input.kind === "columns" ? input.columns : input.tensors;
  if (input.kind === "columns" && inputs.length === 1) return [tableBlock(input.columns, input.rows)];
  if (parts.length !== inputs.length) {
    const names = inputs.map(({ name }) => name).join(", ");
    throw new RangeError(`This model has ${inputs.length} inputs (${names}); ${parts.length} came.`);
  }
  const found = inputs.map(({ name }) => parts.find((part) => part.name === name));
  const ordered = found.every((part) => part !== undefined) ? found : parts;
  return ordered.map((part) => ("shape" in part ? part : columnBlock(part, input.rows)));
}

/** Rows of single values side by side; a column whose cells are lists is a block by itself. */
function tableBlock(columns: readonly ColumnSample[], rows: number): Block {
  if (columns.length === 1 && isList(columns[0]?.values[0])) return columnBlock(columns[0] as ColumnSample, rows);
  const values: unknown[] = [];
  for (let row = 0; row < rows; row++) for (const column of columns) values.push(column.values[row]);
  return { shape: [rows, columns.length], values: values as number[] };
}

function columnBlock({ values }: ColumnSample, rows: number): Block {
  const cells = Array.from(values as ArrayLike<unknown>);
  return { shape: [rows, ...shapeOf(cells[0])], values: cells.flatMap(flatten) as number[] };
}

const isList = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || ArrayBuffer.isView(value);

const shapeOf = (value: unknown): number[] => (isList(value) ? [value.length, ...shapeOf(value[0])] : []);

const flatten = (value: unknown): readonly unknown[] => (isList(value) ? Array.from(value).flatMap(flatten) : [value]);

/** A last length of 1 more or less, where the model wants it so: one column by itself may be either. */
function fitShape(shape: readonly number[], wanted: ValueInfo["shape"]): readonly number[] {
  if (wanted?.length === shape.length + 1) return [...shape, 1];
  return wanted?.length === shape.length - 1 && shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
}

const FLOATS = { float32: Float32Array, float64: Float64Array } as const;
const INTEGERS = {
  ...{ int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array },
  ...{ int32: Int32Array, uint32: Uint32Array },
} as const;
const BIG_INTEGERS = { int64: BigInt64Array, uint64: BigUint64Array } as const;

/** Values in the model's own type: doubles are rounded to 32 bits where it computes with those, as MLflow does it; nothing else is. */
function dataOf(values: ArrayLike<unknown>, info: ValueInfo): Data {
  const { name, type = "" } = info;
  if (type in FLOATS) return FLOATS[type as keyof typeof FLOATS].from(Array.from(values, (one) => numberIn(one, info)));
  if (type in INTEGERS) {
    const numbers = Array.from(values, (one) => numberIn(one, info));
    return sameIn(INTEGERS[type as keyof typeof INTEGERS].from(numbers), numbers, info);
  }
  if (type in BIG_INTEGERS) {
    const bigints = Array.from(values, (one) => bigintIn(one, info));
    return sameIn(BIG_INTEGERS[type as keyof typeof BIG_INTEGERS].from(bigints), bigints, info);
  }
  if (type === "bool") return Uint8Array.from(Array.from(values, (one) => (one ? 1 : 0)));
  if (type !== "string") throw new TypeError(`The model's input ${name} is of type ${type}, which is not made here.`);
  return Array.from(values, (one) => (typeof one === "string" ? one : misfit(one, info)));
}

function misfit(value: unknown, { name, type }: ValueInfo): never {
  const shown = typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? typeof value);
  throw new RangeError(`The model's input ${name} is of type ${type}; what came is ${shown}.`);
}

function numberIn(value: unknown, info: ValueInfo): number {
  if (value === null || value === undefined) return Number.NaN;
  return ["number", "bigint", "boolean"].includes(typeof value) ? Number(value) : misfit(value, info);
}

function bigintIn(value: unknown, info: ValueInfo): bigint {
  if (typeof value === "bigint") return value;
  const number = numberIn(value, info);
  return Number.isInteger(number) ? BigInt(number) : misfit(value, info);
}

/** Typed arrays cut off what they cannot hold. */
function sameIn<T extends ArrayLike<number> | ArrayLike<bigint>>(
  packed: T,
  values: readonly unknown[],
  info: ValueInfo,
): T {
  const lost = values.findIndex((value, index) => packed[index] !== value);
  return lost === -1 ? packed : misfit(values[lost], info);
}

/** Nested lists of plain values. */
function nest({ type, dims, data }: OrtTensor): unknown {
  let level: unknown[] = Array.from<unknown, unknown>(data as ArrayLike<unknown>, type === "bool" ? Boolean : plain);
  if (dims.length === 0) return level[0];
  for (const length of dims.slice(1).reverse()) {
    const rows = level;
    level = Array.from({ length: rows.length / length }, (_, row) => rows.slice(row * length, (row + 1) * length));
  }
  return level;
}

/** A bigint only where a number would lose digits. */
const plain = (value: unknown): unknown =>
  typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;

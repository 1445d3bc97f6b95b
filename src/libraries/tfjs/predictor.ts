import type { ColumnSample, ModelSource, PredictionInput, Predictor, TensorSample } from "../../models";

/** As much of a tensor as is used here. */
interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  data(): Promise<ArrayLike<number | string>>;
  dispose(): void;
}

/** As much of a `tf.LayersModel` as is used here. */
interface LayersModel {
  readonly inputs: readonly { readonly dtype: string }[];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  build(): void;
  predict(inputs: Tensor | readonly Tensor[]): Tensor | Tensor[];
}

/** As much of a `tf.GraphModel` as is used here. */
interface GraphModel {
  readonly inputs: readonly { readonly dtype?: string }[];
  readonly inputNodes: readonly string[];
  readonly outputNodes: readonly string[];
  readonly modelSignature?: { readonly inputs?: Readonly<Record<string, { readonly resourceId?: unknown }>> };
  readonly modelStructuredOutputKeys?: readonly string[];
  execute(inputs: Readonly<Record<string, Tensor>>, outputs: readonly string[]): Tensor | Tensor[];
  executeAsync(inputs: Readonly<Record<string, Tensor>>, outputs: readonly string[]): Promise<Tensor | Tensor[]>;
}

/** As much of TensorFlow.js as is used here. */
interface TensorFlow {
  ready(): Promise<void>;
  getBackend(): string;
  tidy<T>(work: () => T): T;
  tensor(values: unknown, shape: readonly number[], dtype: string): Tensor;
  loadLayersModel(handler: { load(): Promise<object> }): Promise<LayersModel>;
  loadGraphModel(handler: { load(): Promise<object> }): Promise<GraphModel>;
}

interface WeightsGroup {
  readonly paths: readonly string[];
  readonly weights: readonly object[];
}

/** How a model of either kind is asked. */
interface Asked {
  /** The copy of the library that made the model again: what it is asked must be of the same one. */
  readonly tf: TensorFlow;
  readonly inputs: readonly { readonly name: string; readonly dtype: string }[];
  readonly outputNames: readonly string[];
  run(tensors: readonly Tensor[]): Promise<readonly Tensor[]>;
}

const asked = new WeakMap<object, Asked>();

/**
 * Layers models and graph models. Predictions are those of the backend that the program has chosen: of `@tensorflow/tfjs` alone that is plain JavaScript,
 * whose results are the same on every machine; a program that has loaded tfjs-node before gets those of its native library.
 */
export const predictor: Predictor<LayersModel | GraphModel> = {
  async restore(source) {
    const tf = requireTensorFlow(source);
    await tf.ready();
    if (tf.getBackend() === "tensorflow") mendNative();
    const artifacts = readArtifacts(source);
    // Where layers of the user's own are registered.
    for (const path of (source.config.code_modules ?? []) as readonly string[]) await source.importModule(path);
    // From memory: reading files is something that only tfjs-node knows how to do.
    const handler = { load: async () => artifacts };
    if (source.config.format === "graph-model") return asGraph(tf, await tf.loadGraphModel(handler));
    return asLayers(tf, await tf.loadLayersModel(handler));
  },
  async predict(model, input) {
    const { tf, inputs, outputNames, run } = asked.get(model) as Asked;
    if (input.rows === 0) return empty(outputNames);
    const tensors = tf.tidy(() =>
      blocksFor(inputs, input).map(({ values, shape }, index) => {
        const { dtype } = inputs[index] as { readonly dtype: string };
        return tf.tensor(dataOf(values, dtype), shape, dtype);
      }),
    );
    try {
      return await readOutputs(await run(tensors), outputNames);
    } finally {
      for (const tensor of tensors) tensor.dispose();
    }
  },
};

function asLayers(tf: TensorFlow, model: LayersModel): LayersModel {
  // A Sequential that is not compiled knows its inputs only when it is built.
  if (model.inputNames.length === 0) model.build();
  asked.set(model, {
    tf,
    inputs: model.inputs.map(({ dtype }, index) => ({ name: model.inputNames[index] as string, dtype })),
    outputNames: model.outputNames,
    run: async (tensors) =>
      tf.tidy(() => [model.predict(tensors.length === 1 ? (tensors[0] as Tensor) : tensors)].flat()),
  });
  return model;
}

function asGraph(tf: TensorFlow, model: GraphModel): GraphModel {
  const { inputNodes, outputNodes, modelSignature } = model;
  const declared = modelSignature?.inputs ?? {};
  const inputs = inputNodes
    .map((name, index) => ({ name, dtype: model.inputs[index]?.dtype ?? "float32" }))
    // The rest are tables and variables that the graph holds itself.
    .filter(({ name }) => (declared[name]?.resourceId ?? undefined) === undefined);
  let isDynamic = false;
  asked.set(model, {
    tf,
    inputs,
    outputNames: model.modelStructuredOutputKeys ?? outputNodes,
    async run(tensors) {
      const given = Object.fromEntries(inputs.map(({ name }, index) => [name, tensors[index] as Tensor]));
      if (!isDynamic) {
        try {
          return tf.tidy(() => [model.execute(given, outputNodes)].flat());
        } catch (error) {
          // What only runs so: loops, and operations whose result's shape depends on values.
          isDynamic = /executeAsync/.test((error as Error).message);
          if (!isDynamic) throw error;
        }
      }
      return [await model.executeAsync(given, outputNodes)].flat();
    },
  });
  return model;
}

/** What the model was kept for, and tfjs-node only where nothing else is installed: its results may differ in the last bit. */
function requireTensorFlow(source: ModelSource): TensorFlow {
  try {
    return source.require("@tensorflow/tfjs") as TensorFlow;
  } catch (missing) {
    mendNative();
    try {
      return source.require("@tensorflow/tfjs-node") as TensorFlow;
    } catch {
      throw missing;
    }
  }
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed: every operation would throw. */
function mendNative(): void {
  const util = process.getBuiltinModule("node:util") as { isNullOrUndefined?: (value: unknown) => boolean };
  if (util.isNullOrUndefined) return;
  Object.defineProperty(util, "isNullOrUndefined", {
    value: (value: unknown) => value === null || value === undefined,
    configurable: true,
    writable: true,
  });
}

/** What `tf.loadLayersModel` and `tf.loadGraphModel` ask of a handler, from model.json and the files of weights beside it. */
function readArtifacts({ folder, config }: ModelSource): object {
  const { readFileSync } = process.getBuiltinModule("node:fs");
  const path = `${folder}/${String(config.data)}`;
  const { weightsManifest, ...rest } = JSON.parse(readFileSync(path, "utf8")) as {
    readonly weightsManifest: readonly WeightsGroup[];
  };
  const parent = path.slice(0, path.lastIndexOf("/"));
  const parts = weightsManifest.flatMap(({ paths }) => paths.map((name) => readFileSync(`${parent}/${name}`)));
  return {
    ...rest,
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
    weightData: new Uint8Array(Buffer.concat(parts)).buffer,
  };
}

type Block = Pick<TensorSample, "shape" | "values">;

/** One block of values for each input of the model: by name where the names are the model's, else by position. */
function blocksFor(inputs: Asked["inputs"], input: PredictionInput): readonly Block[] {
  const parts: readonly (ColumnSample | TensorSample)[] = input.kind === "columns" ? input.columns : input.tensors;
  if (input.kind === "columns" && inputs.length === 1) return [tableBlock(input.columns, input.rows)];
  if (parts.length !== inputs.length) {
    const names = inputs.map(({ name }) => name).join(", ");
    throw new RangeError(`This model has ${inputs.length} inputs (${names}); ${parts.length} came.`);
  }
  const named = inputs.map(({ name }) => parts.find((part) => part.name === name));
  const ordered = named.every((part) => part !== undefined) ? named : parts;
  return ordered.map((part) => ("shape" in part ? part : tableBlock([part], input.rows)));
}

/** Rows of single numbers side by side; a column whose cells are arrays is a block by itself. */
function tableBlock(columns: readonly ColumnSample[], rows: number): Block {
  const cells = columns[0]?.values ?? [];
  if (columns.length === 1 && isList(cells[0])) {
    const shape = [rows, ...shapeOf(cells[0])];
    return { shape, values: (Array.from(cells) as unknown[]).flatMap(flatten) as number[] };
  }
  const values: unknown[] = [];
  for (let row = 0; row < rows; row++) for (const column of columns) values.push(column.values[row]);
  return { shape: [rows, columns.length], values: values as number[] };
}

const isList = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || ArrayBuffer.isView(value);

const shapeOf = (value: unknown): number[] => (isList(value) ? [value.length, ...shapeOf(value[0])] : []);

const flatten = (value: unknown): readonly unknown[] => (isList(value) ? Array.from(value).flatMap(flatten) : [value]);

const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** As tfjs takes it without another look: a missing number is NaN. */
function dataOf(values: ArrayLike<unknown>, dtype: string): ArrayLike<unknown> {
  const Data = ARRAYS[dtype as keyof typeof ARRAYS] as typeof Float32Array | undefined;
  if (!Data) return Array.from(values);
  return values instanceof Data ? values : Data.from(values as ArrayLike<number>, numberOf);
}

const numberOf = (value: unknown): number => (value === null || value === undefined ? Number.NaN : Number(value));

/** Nested arrays of the values, by name where the model has several outputs; the tensors are disposed. */
async function readOutputs(outputs: readonly Tensor[], names: readonly string[]): Promise<unknown> {
  try {
    const read = await Promise.all(outputs.map(async (output) => nest(await output.data(), output)));
    return read.length === 1 ? read[0] : Object.fromEntries(read.map((values, index) => [names[index], values]));
  } finally {
    for (const output of outputs) output.dispose();
  }
}

function nest(data: ArrayLike<number | string>, { shape, dtype }: Tensor): unknown {
  let level: unknown[] = Array.from<unknown>(data);
  if (dtype === "bool") level = level.map(Boolean);
  for (const length of shape.slice(1).reverse()) {
    const rows = level;
    level = Array.from({ length: rows.length / length }, (_, row) => rows.slice(row * length, (row + 1) * length));
  }
  return level;
}

const empty = (names: readonly string[]): unknown =>
  names.length === 1 ? [] : Object.fromEntries(names.map((name) => [name, []]));

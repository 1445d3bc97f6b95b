import type { ColumnSample, ModelSource, PredictionInput, Predictor, TensorSample } from "../../models";
import type { FunctionContext, PredictiveModule } from "./function-model";

/** What each model was told when it was loaded, and is told again at every prediction. */
const contexts = new WeakMap<object, FunctionContext>();

/** Modules of the user's own: imported, told where their artifacts are, and asked with rows as a program would write them. */
export const predictor: Predictor<PredictiveModule> = {
  // What a program of the user's makes of many rows is its own business.
  whole: true,
  async restore(source) {
    const model = modelIn(await exportsOf(source), source.config);
    const context = contextOf(source);
    contexts.set(model, context);
    await model.load?.(context);
    return model;
  },
  async predict(model, input, params) {
    return plain(await model.predict(formOf(input), params, contexts.get(model) as FunctionContext));
  },
};

type Exports = Readonly<Record<string, unknown>>;

async function exportsOf({ importModule, config }: ModelSource): Promise<Exports> {
  const exports = await importModule(String(config.module));
  const whole = exports.default as Exports | undefined;
  // Compiled from an ES module: the default export is one of them.
  return whole?.__esModule ? whole : exports;
}

function modelIn(exports: Exports, { module, export: name }: Exports): PredictiveModule {
  const whole = exports.default as Exports | undefined;
  const candidates =
    name === undefined
      ? [methodful(whole), methodful(exports), bare(whole)]
      : [named(exports, name), named(whole, name)];
  const found = candidates.find((candidate) => candidate !== undefined);
  if (found) return found;
  throw new TypeError(
    name === undefined
      ? `${String(module)} exports no predict: neither a function of that name, nor a class or object that has one.`
      : `${String(module)} exports no ${String(name)} that is a function, or a class or object with a method predict.`,
  );
}

const named = (exports: Exports | undefined, name: unknown): PredictiveModule | undefined => {
  const value = exports?.[String(name)];
  return methodful(value) ?? bare(value);
};

/** What has a method `predict`: an object, or what a class constructs. */
function methodful(value: unknown): PredictiveModule | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  const { predict, prototype } = value as { predict?: unknown; prototype?: { predict?: unknown } };
  if (typeof value === "function" && typeof prototype?.predict === "function")
    return new (value as new () => PredictiveModule)();
  return typeof predict === "function" ? (value as PredictiveModule) : undefined;
}

const bare = (value: unknown): PredictiveModule | undefined =>
  typeof value === "function" ? { predict: value as PredictiveModule["predict"] } : undefined;

function contextOf({ folder, config }: ModelSource): FunctionContext {
  const { resolve } = process.getBuiltinModule("node:path");
  const paths = Object.entries((config.artifacts ?? {}) as Readonly<Record<string, string>>);
  const artifacts = Object.fromEntries(paths.map(([name, path]) => [name, resolve(folder, path)]));
  return Object.freeze({ artifacts: Object.freeze(artifacts), folder: resolve(folder) });
}

/**
 * 64-bit integers come as bigints from Python and from typed arrays, as numbers otherwise: to the user's code they are numbers, and bigints only
 * where a number would lose digits.
 */
function cellOf(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return Array.isArray(value) ? value.map(cellOf) : value;
}

function formOf(input: PredictionInput): unknown {
  if (input.kind === "columns") return rowsOf(input.columns, input.rows);
  const [first] = input.tensors;
  if (input.tensors.length === 1 && first && first.name === undefined) return nest(first);
  return Object.fromEntries(input.tensors.map((tensor, index) => [tensor.name ?? String(index), nest(tensor)]));
}

function rowsOf(columns: readonly ColumnSample[], count: number): readonly unknown[] {
  const [first] = columns;
  const cells = (row: number) => columns.map(({ values }) => cellOf(values[row]));
  if (first?.name === undefined) {
    if (columns.length === 1 && first) return Array.from(first.values, cellOf);
    return Array.from({ length: count }, (_, row) => cells(row));
  }
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(columns.map(({ name, values }, index) => [name ?? String(index), cellOf(values[row])])),
  );
}

function nest({ shape, values }: TensorSample): unknown {
  let level: unknown[] = Array.from<unknown, unknown>(values, cellOf);
  if (shape.length === 0) return level[0];
  for (const length of shape.slice(1).reverse()) {
    const rows = level;
    level = Array.from({ length: rows.length / length }, (_, row) => rows.slice(row * length, (row + 1) * length));
  }
  return level;
}

/** As much of what libraries answer as is known here. */
interface ForeignArray {
  arraySync?(): unknown;
  dispose?(): void;
  to2DArray?(): unknown;
}

/** Nested lists in place of typed arrays, tensors (which are disposed) and matrices. */
function plain(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return Buffer.isBuffer(value) ? value : Array.from(value as Float64Array);
  const { arraySync, to2DArray } = value as ForeignArray;
  if (typeof arraySync === "function") {
    const read: unknown = arraySync.call(value);
    (value as ForeignArray).dispose?.();
    return read;
  }
  if (typeof to2DArray === "function") return to2DArray.call(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

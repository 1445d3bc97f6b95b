import type { ColumnSample, ModelSource, PredictionInput, Predictor, TensorSample } from "../../models";

/** As much of a regression as is asked here. */
interface Regression {
  predict(x: unknown): unknown;
}

type Json = Readonly<Record<string, unknown>>;
type RegressionClass = { load(json: Json): Regression };
type Exports = Readonly<Record<string, unknown>>;

/** Classes that learn from rows: how many numbers each row has, by the model's JSON. */
const WIDTHS: Readonly<Record<string, (json: Json) => number>> = {
  MultivariateLinearRegression: ({ inputs }) => inputs as number,
  KernelRidgeRegression: ({ inputs }) => (inputs as readonly (readonly number[])[])[0]?.length ?? 0,
  PolinomialFitting2D: () => 2,
};

/** The width of each model that is asked with rows. */
const widths = new WeakMap<object, number>();

/**
 * Every class of ml-regression, made again by its own `load`. Those of one x take a number for each row and give a list of numbers. Those of
 * several take rows, a list of as many numbers as they have inputs being one row, and give what the class gives: a list of numbers
 * (PolinomialFitting2D), or a list of numbers for each row.
 */
export const predictor: Predictor<Regression> = {
  restore(source) {
    const name = String(source.config.export);
    const json = readJson(source);
    const model = classOf(source, name).load(PREPARATIONS[name]?.(json) ?? json);
    COMPLETIONS[name]?.(model, json);
    const width = WIDTHS[name]?.(json);
    if (width !== undefined) widths.set(model, width);
    return model;
  },
  predict(model, input) {
    if (input.rows === 0) return [];
    const width = widths.get(model);
    return model.predict(width === undefined ? singlesOf(input) : rowsOf(input, width));
  },
};

/** NaN, for which JSON has no number, was written as `null`. */
function readJson({ folder, config }: ModelSource): Json {
  const { readFileSync } = process.getBuiltinModule("node:fs");
  const text = readFileSync(`${folder}/${String(config.data)}`, "utf8");
  return JSON.parse(text, (_, value) => (value === null ? Number.NaN : value)) as Json;
}

/** From ml-regression, or from the package of this class alone where the program has no more than that. */
function classOf(source: ModelSource, name: string): RegressionClass {
  let exports: Exports;
  try {
    exports = source.require("ml-regression") as Exports;
  } catch (missing) {
    const words = name.replace(/Regression$/, "").replace(/(?<=[a-z])(?=[A-Z])/g, "-");
    try {
      const exported = source.require(`ml-regression-${words.toLowerCase()}`) as Exports | RegressionClass;
      return (typeof exported === "function" ? exported : (exported as Exports)[name]) as RegressionClass;
    } catch {
      throw missing;
    }
  }
  return ((exports.NLR as Exports)[name] ?? exports[name]) as RegressionClass;
}

/** What `load` needs in another form than `toJSON` gives it. */
const PREPARATIONS: Readonly<Record<string, (json: Json) => Json>> = {
  // A column vector is made of them, from single numbers.
  PolinomialFitting2D: (json) => ({ ...json, coefficients: (json.coefficients as number[][]).flat() }),
};

interface Summary {
  readonly regressionStatistics: { readonly standardError: number };
  readonly variables: readonly { readonly standardError: number; readonly tStat: number }[];
}

/** What `load` forgets, and `toJSON` asks for when the model is kept once more. */
const COMPLETIONS: Readonly<Record<string, (model: object, json: Json) => void>> = {
  MultivariateLinearRegression: (model, { summary }) => {
    const { regressionStatistics, variables } = (summary ?? {}) as Partial<Summary>;
    if (!regressionStatistics || !variables) {
      Object.assign(model, { statistics: false });
      return;
    }
    Object.assign(model, {
      stdError: regressionStatistics.standardError,
      stdErrors: variables.map(({ standardError }) => standardError),
      tStats: variables.map(({ tStat }) => tStat),
    });
  },
  TheilSenRegression: (model, { intercept, slope }) => Object.assign(model, { coefficients: [intercept, slope] }),
};

/** One number for each row. */
function singlesOf(input: PredictionInput): readonly number[] {
  const parts = input.kind === "columns" ? input.columns : input.tensors;
  const width = input.kind === "columns" ? 1 : (input.tensors[0]?.shape ?? []).slice(1).reduce((a, b) => a * b, 1);
  if (parts.length !== 1 || width !== 1) throw misfit("one number for each row", parts.length * width);
  return Array.from((parts[0] as { values: ArrayLike<unknown> }).values, numberOf);
}

function rowsOf(input: PredictionInput, width: number): readonly (readonly number[])[] {
  const rows =
    input.kind === "columns" ? rowsOfColumns(input.columns, input.rows) : rowsOfTensors(input.tensors, width);
  const came = rows[0]?.length;
  if (came !== width) throw misfit(`rows of ${width} numbers`, came);
  return rows;
}

const rowsOfColumns = (columns: readonly ColumnSample[], count: number): readonly (readonly number[])[] =>
  Array.from({ length: count }, (_, row) => columns.map(({ values }) => numberOf(values[row])));

/** Of several tensors each is a column. */
function rowsOfTensors(tensors: readonly TensorSample[], width: number): readonly (readonly number[])[] {
  const [{ shape, values }] = tensors as readonly [TensorSample];
  if (tensors.length > 1) return rowsOfColumns(tensors, values.length);
  const length = shape[1] ?? (values.length === width ? width : 1);
  const flat = Array.from(values as ArrayLike<unknown>, numberOf);
  return Array.from({ length: flat.length / length }, (_, row) => flat.slice(row * length, (row + 1) * length));
}

/** Bigints are no numbers to the library, and a missing one is none. */
const numberOf = (value: unknown): number => (value === null || value === undefined ? Number.NaN : Number(value));

const misfit = (accepted: string, width: number | undefined): RangeError =>
  new RangeError(`This regression takes ${accepted}; what came has ${width ?? "no"} for each.`);

import type { ColumnSample, ModelSource, PredictionInput, Predictor, TensorSample } from "../../models";

/** As much of a forest as is asked here. */
interface Forest {
  /** Of each tree the features that it looks at. */
  readonly indexes: readonly (readonly number[])[];
  predict(rows: readonly (readonly number[])[]): readonly number[];
}

type ForestClass = { load(json: unknown): Forest };

/** How many features the trees of each forest look at. */
const widths = new WeakMap<object, number>();

/** Both forests, made again by their own `load`: they take rows, and give one number (a classifier: the class) for each. */
export const predictor: Predictor<Forest> = {
  restore(source) {
    const { config } = source;
    const library = source.require("ml-random-forest") as Readonly<Record<string, ForestClass>>;
    const forest = (library[String(config.export)] as ForestClass).load(readJson(source));
    widths.set(forest, 1 + forest.indexes.reduce((most, used) => Math.max(most, ...used), -1));
    return forest;
  },
  predict(forest, input) {
    if (input.rows === 0) return [];
    const rows = rowsOf(input);
    // A tree takes a feature that is not there for one that is not below its threshold.
    const [needed = 0, came = 0] = [widths.get(forest), rows[0]?.length];
    if (came < needed)
      throw new RangeError(`This forest takes rows of at least ${needed} numbers; what came has ${came} for each.`);
    return forest.predict(rows);
  },
};

/** NaN, for which JSON has no number, was written as `null`: `load` takes it for an object, comparisons take it for 0. */
function readJson({ folder, config }: ModelSource): unknown {
  const { readFileSync } = process.getBuiltinModule("node:fs");
  const text = readFileSync(`${folder}/${String(config.data)}`, "utf8");
  // A forest may take megabytes, and reviving takes as long again as reading.
  if (!/"(?:splitValue|distribution|gain)":null/.test(text)) return JSON.parse(text);
  return JSON.parse(text, (key, value) =>
    value === null && ["splitValue", "distribution", "gain"].includes(key) ? Number.NaN : value,
  );
}

function rowsOf(input: PredictionInput): readonly (readonly number[])[] {
  if (input.kind === "columns") return rowsOfColumns(input.columns, input.rows);
  const [{ shape, values }] = input.tensors as readonly [TensorSample];
  // Each of several tensors is a column.
  if (input.tensors.length > 1) return rowsOfColumns(input.tensors, values.length);
  const width = shape[1] ?? 1;
  const flat = Array.from(values as ArrayLike<unknown>, numberOf);
  return Array.from({ length: flat.length / width }, (_, row) => flat.slice(row * width, (row + 1) * width));
}

const rowsOfColumns = (columns: readonly ColumnSample[], count: number): readonly (readonly number[])[] =>
  Array.from({ length: count }, (_, row) => columns.map(({ values }) => numberOf(values[row])));

/** Bigints are no numbers to the library, and a missing one is none. */
const numberOf = (value: unknown): number => (value === null || value === undefined ? Number.NaN : Number(value));

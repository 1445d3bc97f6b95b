import type { ModelFile } from "./flavor";
import { OPAQUE_CELL, isTypedArray, sizeOfShape, type TableSample, type TensorSample } from "./table";

/** What a model may be asked, kept beside it. */
export interface InputExample {
  /** Of a large table a few rows do: `captureTable(data, { maxRows: 5 })`. */
  readonly data: TableSample;
  /** Params of the prediction. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** The files of an input example, and what MLmodel says of them. */
export interface InputExampleFiles {
  readonly files: readonly ModelFile[];
  /** MLmodel's `saved_input_example_info`. */
  readonly info: Readonly<Record<string, string>>;
}

/**
 * `input_example.json` and `serving_input_example.json` as MLflow writes them (mlflow/models/utils.py, _Example):
 * tables as `dataframe_split`, tensors as `inputs`. `undefined` when there are no values to show.
 */
export function inputExampleFiles({ data, params }: InputExample): InputExampleFiles | undefined {
  const example = exampleOf(data);
  if (!example) return undefined;
  const { value, payloadKey, info } = example;
  const saved = params ? { inputs: value, params } : value;
  const serving = { [payloadKey]: value, ...(params ? { params } : {}) };
  return {
    files: [
      { path: "input_example.json", bytes: JSON.stringify(saved, jsonCell) },
      { path: "serving_input_example.json", bytes: JSON.stringify(serving, jsonCell, 2) },
    ],
    info: {
      artifact_path: "input_example.json",
      serving_input_path: "serving_input_example.json",
      ...info,
      ...(params ? { params: "true" } : {}),
    },
  };
}

interface Example {
  readonly value: unknown;
  readonly payloadKey: "dataframe_split" | "inputs";
  readonly info: Readonly<Record<string, string>>;
}

function exampleOf(table: TableSample): Example | undefined {
  if (table.kind === "opaque") return undefined;
  return table.kind === "columns" ? tableExample(table) : tensorExample(table.tensors);
}

function tableExample({ columns }: Extract<TableSample, { kind: "columns" }>): Example | undefined {
  const rows = Math.min(...columns.map(({ values }) => values.length));
  if (!(rows > 0)) return undefined;
  const data = Array.from({ length: rows }, (_, row) => columns.map(({ values }) => values[row] ?? null));
  const named = columns.every(({ name }) => name !== undefined);
  const value = named ? { columns: columns.map(({ name }) => name), data } : { data };
  return {
    value,
    payloadKey: "dataframe_split",
    info: { type: "dataframe", pandas_orient: named ? "split" : "values" },
  };
}

function tensorExample(tensors: readonly TensorSample[]): Example | undefined {
  const nested = tensors.map(nestTensor);
  if (nested.some((value) => value === undefined)) return undefined;
  const single = tensors.length === 1 && tensors[0]?.name === undefined;
  const value = single
    ? nested[0]
    : Object.fromEntries(tensors.map(({ name }, index) => [name ?? String(index), nested[index]]));
  return { value, payloadKey: "inputs", info: { type: "ndarray" } };
}

/** The sampled rows as nested lists; `undefined` when the sample holds no whole row. */
function nestTensor({ shape, values }: TensorSample): unknown {
  const inner = shape.slice(1);
  const rowSize = sizeOfShape(inner);
  if (values.length === 0 || values.length % rowSize !== 0) return undefined;
  let level: unknown[] = Array.from(values);
  for (const length of [...inner].reverse()) level = chunk(level, length);
  return shape.length === 0 ? level[0] : level;
}

const chunk = (list: readonly unknown[], length: number): unknown[] =>
  Array.from({ length: list.length / length }, (_, index) => list.slice(index * length, (index + 1) * length));

/** What JSON has no form for: NaN and the infinities become null by themselves. */
function jsonCell(this: unknown, key: string, value: unknown): unknown {
  if (value === OPAQUE_CELL) return null;
  if (typeof value === "bigint") return Number(value);
  // JSON.stringify has already called a Buffer's and a Date's toJSON: the original is in the holder.
  const original = (this as Record<string, unknown>)[key];
  if (Buffer.isBuffer(original)) return original.toString("base64");
  return isTypedArray(original) ? Array.from<unknown>(original) : value;
}

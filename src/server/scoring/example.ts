import type { ColumnSpec, ColumnType, ModelSignature, TensorSpec } from "../../models";
import type { ServedModel } from "./served-model";

/** A request that the model answers: the one that it was logged with, else one made up from its signature. */
export function exampleRequest({ example, signature }: ServedModel): unknown {
  if (example !== undefined) return example;
  const inputs = signature?.inputs;
  if (!inputs) return { inputs: [[1, 2, 3]] };
  const params = paramsOf(signature);
  if (inputs.kind === "columns") return { dataframe_split: tableOf(inputs.columns), ...params };
  const [first] = inputs.tensors;
  const value =
    first?.name === undefined
      ? tensorOf(first as TensorSpec)
      : Object.fromEntries(inputs.tensors.map((spec) => [spec.name, tensorOf(spec)]));
  return { inputs: value, ...params };
}

function tableOf(columns: readonly ColumnSpec[]): object {
  const isNamed = columns[0]?.name !== undefined;
  const data = [columns.map(({ type }) => exampleCell(type))];
  return isNamed ? { columns: columns.map(({ name }) => name), data } : { data };
}

const paramsOf = ({ params }: ModelSignature): object =>
  params && params.length > 0
    ? { params: Object.fromEntries(params.map(({ name, default: value }) => [name, jsonOf(value)])) }
    : {};

const jsonOf = (value: unknown): unknown => (typeof value === "bigint" ? Number(value) : value);

/** A cell of a type. */
function exampleCell(type: ColumnType): unknown {
  if (type.type === "array") return [exampleCell(type.items)];
  if (type.type === "object")
    return Object.fromEntries(Object.entries(type.properties).map(([name, property]) => [name, exampleCell(property)]));
  return CELLS[type.type] ?? null;
}

const CELLS: Readonly<Record<string, unknown>> = {
  boolean: true,
  integer: 1,
  long: 1,
  float: 1.5,
  double: 1.5,
  string: "text",
  binary: "AAEC",
  datetime: "2024-01-31T12:30:00",
  any: 1,
};

/** Values beyond this many are no example. */
const MAX_VALUES = 10_000;

/** One row of a tensor. */
function tensorOf({ dtype, shape }: TensorSpec): unknown {
  const value = dtype === "bool" ? true : dtype === "str" ? "text" : /float/.test(dtype) ? 0.5 : 1;
  const lengths = shape.map((length) => (length === -1 ? 1 : length));
  if (lengths.reduce((product, length) => product * length, 1) > MAX_VALUES) return [];
  return lengths.reduceRight<unknown>((inner, length) => Array.from({ length }, () => inner), value);
}

import {
  columnTypeOfTensor,
  commonType,
  showColumnType,
  tensorTypeOfColumn,
  type ColumnType,
  type ColumnSample,
  type TableSample,
  type TensorType,
} from "../table";

/** One column that a model takes or gives. */
export interface ColumnSpec {
  /** Absent where columns go by position. */
  readonly name?: string;
  readonly type: ColumnType;
  /** False when some row lacks it. */
  readonly required: boolean;
}

/** One tensor that a model takes or gives. */
export interface TensorSpec {
  /** Absent where there is only one. */
  readonly name?: string;
  readonly dtype: TensorType;
  /** The first dimension, the rows, is −1: any number. */
  readonly shape: readonly number[];
}

/** What a model takes or gives, or what a data set holds: columns or tensors, never both. All are named, or none is. */
export type Schema =
  | { readonly kind: "columns"; readonly columns: readonly ColumnSpec[] }
  | { readonly kind: "tensors"; readonly tensors: readonly TensorSpec[] };

/** A column in MLflow's JSON form. */
export type ColumnSpecJson = ColumnType & { readonly name?: string; readonly required: boolean };

/** A tensor in MLflow's JSON form. */
export interface TensorSpecJson {
  readonly name?: string;
  readonly type: "tensor";
  readonly "tensor-spec": { readonly dtype: TensorType; readonly shape: readonly number[] };
}

/** MLflow's JSON form of a schema (mlflow/types/schema.py, Schema.to_dict). */
export type SchemaJson = readonly (ColumnSpecJson | TensorSpecJson)[];

/** The schema of a table, `undefined` when it has no value to tell it by. */
export function schemaOf(table: TableSample): Schema | undefined {
  if (table.kind === "opaque") return undefined;
  if (table.kind === "tensors")
    return {
      kind: "tensors",
      tensors: table.tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape: anyRows(shape) })),
    };
  const columns = table.columns.map(columnSpec);
  const isKnown = table.columns.some(hasValue) || table.columns.every(({ type }) => type);
  return columns.length > 0 && isKnown ? { kind: "columns", columns } : undefined;
}

const anyRows = (shape: readonly number[]): readonly number[] => (shape.length === 0 ? [] : [-1, ...shape.slice(1)]);

function columnSpec({ name, type, hasMissing, values }: ColumnSample): ColumnSpec {
  const common = commonType(Array.from(values));
  return { name, type: type ?? common.type, required: common.required && !hasMissing };
}

const hasValue = ({ values }: ColumnSample): boolean =>
  Array.from(values).some((value) => value !== undefined && value !== null);

/** The schema as MLflow writes it in JSON. */
export function schemaToJson(schema: Schema): SchemaJson {
  if (schema.kind === "columns")
    return schema.columns.map(({ name, type, required }) => ({
      ...type,
      ...(name === undefined ? {} : { name }),
      required,
    }));
  return schema.tensors.map(({ name, dtype, shape }) => ({
    ...(name === undefined ? {} : { name }),
    type: "tensor",
    "tensor-spec": { dtype, shape },
  }));
}

/** The schema as a reader writes it: `a: double, b?: string`, or `float32[-1, 4]`. */
export function showSchema(schema: Schema): string {
  if (schema.kind === "tensors")
    return schema.tensors
      .map(({ name, dtype, shape }) => `${name === undefined ? "" : `${name}: `}${dtype}[${shape.join(", ")}]`)
      .join(", ");
  return schema.columns
    .map(({ name, type, required }) => {
      const mark = required ? "" : "?";
      return name === undefined ? `${showColumnType(type)}${mark}` : `${name}${mark}: ${showColumnType(type)}`;
    })
    .join(", ");
}

/** The same schema as tensors: a column becomes a tensor of one dimension. */
export function asTensors(schema: Schema): Schema {
  if (schema.kind === "tensors") return schema;
  const named = schema.columns.length > 1;
  const tensors = schema.columns.map(({ name, type }, index) => ({
    name: name ?? (named ? String(index) : undefined),
    dtype: tensorTypeOfColumn(type),
    shape: [-1],
  }));
  return { kind: "tensors", tensors };
}

/** The same schema as named columns: unnamed ones by position or by `fallback`, a tensor's rows as cells. */
export function asNamedColumns(schema: Schema, fallback?: string): readonly ColumnSpec[] {
  const columns = schema.kind === "columns" ? schema.columns : schema.tensors.map(tensorColumn);
  return columns.map((column, index) => ({
    ...column,
    name: column.name ?? positionalName(fallback, columns.length, index),
  }));
}

function positionalName(fallback: string | undefined, count: number, index: number): string {
  if (fallback === undefined) return String(index);
  return count === 1 ? fallback : `${fallback}_${index}`;
}

function tensorColumn({ name, dtype, shape }: TensorSpec): ColumnSpec {
  const element = columnTypeOfTensor(dtype);
  const type = shape.slice(1).reduce<ColumnType>((items) => ({ type: "array", items }), element);
  return { name, type, required: true };
}

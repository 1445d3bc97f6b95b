import { types } from "node:util";
import { isTypedArray, typedArrayType, type TensorType } from "./tensor-type";
import { OPAQUE_CELL } from "./cell";

/** MLflow's names for what a column can hold (mlflow/types/schema.py, DataType). */
export type DataType = "boolean" | "integer" | "long" | "float" | "double" | "string" | "binary" | "datetime";

/** Every name that a column's type may have. */
export const DATA_TYPES: readonly (DataType | "any")[] = [
  ...(["boolean", "integer", "long", "float", "double", "string", "binary", "datetime"] as const),
  "any",
];

/** A property of an object column. */
export type PropertyType = ColumnType & { readonly required: boolean };

/** The type of a column, in MLflow's JSON form. */
export type ColumnType =
  | { readonly type: DataType | "any" }
  | { readonly type: "array"; readonly items: ColumnType }
  | { readonly type: "object"; readonly properties: Readonly<Record<string, PropertyType>> }
  /** An object whose keys are data: only a declared or a read signature has one. */
  | { readonly type: "map"; readonly values: ColumnType };

const BY_TENSOR_TYPE: Readonly<Partial<Record<TensorType, DataType>>> = {
  bool: "boolean",
  int8: "integer",
  uint8: "integer",
  int16: "integer",
  uint16: "integer",
  int32: "integer",
  uint32: "long",
  int64: "long",
  uint64: "long",
  float16: "float",
  float32: "float",
  float64: "double",
  str: "string",
  "datetime64[ns]": "datetime",
};

const BY_COLUMN_TYPE: Readonly<Record<DataType, TensorType>> = {
  boolean: "bool",
  integer: "int32",
  long: "int64",
  float: "float32",
  double: "float64",
  string: "str",
  binary: "object",
  datetime: "datetime64[ns]",
};

/** The column type that holds the elements of a tensor. */
export const columnTypeOfTensor = (dtype: TensorType): ColumnType => ({ type: BY_TENSOR_TYPE[dtype] ?? "any" });

/** The tensor type that holds the cells of a column; `object` for what no tensor holds. */
export const tensorTypeOfColumn = (type: ColumnType): TensorType => BY_COLUMN_TYPE[type.type as DataType] ?? "object";

/** True for a cell that counts as missing. */
export const isMissing = (value: unknown): value is null | undefined => value === undefined || value === null;

/**
 * The type of one cell, `undefined` when it is missing. A JavaScript number is always `double`, whole or not: a model
 * trained on whole numbers must accept 2.5. `long`, `integer` and `float` come from bigints and typed arrays.
 */
export function typeOfCell(value: unknown): ColumnType | undefined {
  if (isMissing(value)) return undefined;
  if (value === OPAQUE_CELL) return { type: "any" };
  if (typeof value === "number") return { type: "double" };
  if (typeof value === "bigint") return { type: "long" };
  if (typeof value === "boolean") return { type: "boolean" };
  if (typeof value === "string") return { type: "string" };
  if (types.isDate(value)) return { type: "datetime" };
  if (Buffer.isBuffer(value)) return { type: "binary" };
  if (isTypedArray(value)) return { type: "array", items: columnTypeOfTensor(typedArrayType(value)) };
  if (Array.isArray(value)) return { type: "array", items: commonType(value).type };
  if (typeof value === "object") return typeOfObject(value as Record<string, unknown>);
  return { type: "any" };
}

/** The one type that fits every cell, `any` when none does, and whether no cell is missing. */
export function commonType(cells: Iterable<unknown>): { readonly type: ColumnType; readonly required: boolean } {
  let type: ColumnType | undefined;
  let required = true;
  for (const cell of cells) {
    const next = typeOfCell(cell);
    if (next === undefined) required = false;
    else type = type === undefined ? next : mergeTypes(type, next);
  }
  return { type: type ?? asUnknown({ type: "any" }), required };
}

/** Types of which nothing is known: of the items of an empty array, of a property without a value. `any` is also the type of what is known to be mixed. */
const unknownTypes = new WeakSet<ColumnType>();

function asUnknown<T extends ColumnType>(type: T): T {
  unknownTypes.add(type);
  return type;
}

/** The type that fits both: objects by their properties (one that is not in both becomes optional), else `any`. */
function mergeTypes(a: ColumnType, b: ColumnType): ColumnType {
  if (a.type === "array" && b.type === "array") return { type: "array", items: mergeItems(a.items, b.items) };
  if (a.type === "object" && b.type === "object")
    return { type: "object", properties: mergeProperties(a.properties, b.properties) };
  return a.type === b.type ? a : { type: "any" };
}

/** An empty array says nothing of its items. */
function mergeItems(a: ColumnType, b: ColumnType): ColumnType {
  if (unknownTypes.has(a)) return b;
  return unknownTypes.has(b) ? a : mergeTypes(a, b);
}

type Properties = Readonly<Record<string, PropertyType>>;

function mergeProperties(a: Properties, b: Properties): Properties {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    names.map((name): [string, PropertyType] => {
      const [left, right] = [ownProperty(a, name), ownProperty(b, name)];
      if (!left || !right) return [name, propertyOf((left ?? right) as PropertyType, false)];
      return [name, propertyOf(mergeItems(left, right), left.required && right.required)];
    }),
  );
}

function propertyOf(type: ColumnType, required: boolean): PropertyType {
  const property = { ...type, required };
  return unknownTypes.has(type) ? asUnknown(property) : property;
}

const ownProperty = (properties: Properties, name: string): PropertyType | undefined =>
  Object.hasOwn(properties, name) ? properties[name] : undefined;

function typeOfObject(value: Readonly<Record<string, unknown>>): ColumnType {
  const properties = Object.entries(value).map(([name, cell]): [string, PropertyType] => {
    const type = typeOfCell(cell);
    return [name, propertyOf(type ?? asUnknown({ type: "any" }), type !== undefined)];
  });
  return { type: "object", properties: Object.fromEntries(properties) };
}

/** The type as a reader writes it: `double`, `string[]`, `{ a: double, b?: long }`, `{ [key]: double }`. */
export function showColumnType(type: ColumnType): string {
  if (type.type === "map") return `{ [key]: ${showColumnType(type.values)} }`;
  if (type.type === "array") return `${showColumnType(type.items)}[]`;
  if (type.type !== "object") return type.type;
  const properties = Object.entries(type.properties).map(
    ([name, property]) => `${showName(name)}${property.required ? "" : "?"}: ${showColumnType(property)}`,
  );
  return `{ ${properties.join(", ")} }`;
}

/** Quoted where it would not be read back. */
const showName = (name: string): string => (/^[^\s{}[\]:?,"]+$/.test(name) ? name : JSON.stringify(name));

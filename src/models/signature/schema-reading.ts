import type { ColumnType, DataType, PropertyType, TensorType } from "../table";
import type { ColumnSpec, Schema, TensorSpec } from "./schema";
import type { ParamSpec } from "./signature-params";
type Json = Readonly<Record<string, unknown>>;

const DATA_TYPES: readonly string[] = [
  "boolean",
  "integer",
  "long",
  "float",
  "double",
  "string",
  "binary",
  "datetime",
] satisfies readonly DataType[];

/**
 * A schema from MLflow's JSON form, Python's included. A column type that only Python knows (a Spark vector) is `any`.
 *
 * @throws Error saying what is no schema in it
 */
export function readSchema(json: unknown): Schema {
  const parts = readList(json, "a schema");
  if (parts.length === 0) throw new Error("a schema has at least one column or tensor");
  return parts.every(({ type }) => type === "tensor")
    ? { kind: "tensors", tensors: parts.map(readTensor) }
    : { kind: "columns", columns: parts.map(readColumn) };
}

/**
 * The params of a signature from MLflow's JSON form.
 *
 * @throws Error saying what is no param in it
 */
export function readParams(json: unknown): readonly ParamSpec[] {
  return readList(json, "the params of a signature").map((param) => {
    const type = readType(param);
    const shape = Array.isArray(param.shape) ? ([-1] as const) : null;
    return { name: String(param.name), type, default: readDefault(type, param.default), shape };
  });
}

function readList(json: unknown, what: string): readonly Json[] {
  if (!Array.isArray(json)) throw new Error(`${what} is a list`);
  return json.map((part: unknown) => readObject(part, `each part of ${what}`));
}

function readObject(json: unknown, what: string): Json {
  if (json === null || typeof json !== "object" || Array.isArray(json)) throw new Error(`${what} is an object`);
  return json as Json;
}

function readTensor(json: Json): TensorSpec {
  const { dtype, shape } = readObject(json["tensor-spec"], "a tensor-spec");
  if (typeof dtype !== "string" || !Array.isArray(shape) || !shape.every(Number.isInteger))
    throw new Error("a tensor-spec has a dtype and a shape");
  return { ...readName(json), dtype: dtype as TensorType, shape };
}

/** Before MLflow 2.10 a column said that it is `optional`, where it now says whether it is `required`. */
function readColumn(json: Json): ColumnSpec {
  return { ...readName(json), type: readType(json), required: Boolean(json.required ?? !json.optional) };
}

const readName = ({ name }: Json): { readonly name?: string } => (typeof name === "string" ? { name } : {});

function readType(json: Json): ColumnType {
  const { type } = json;
  if (typeof type !== "string") throw new Error("a column or param has a type");
  if (type === "array") return { type, items: readType(readObject(json.items, "the items of an array")) };
  if (type === "map") return { type, values: readType(readObject(json.values, "the values of a map")) };
  if (type === "object") return { type, properties: readProperties(json.properties) };
  return { type: DATA_TYPES.includes(type) ? (type as DataType) : "any" };
}

function readProperties(json: unknown): Readonly<Record<string, PropertyType>> {
  const properties = Object.entries(readObject(json, "the properties of an object"));
  return Object.fromEntries(
    properties.map(([name, value]) => {
      const property = readObject(value, "a property");
      return [name, { ...readType(property), required: Boolean(property.required ?? true) }];
    }),
  );
}

/** Python's `isoformat()` has no zone, and means UTC. */
function readDefault(type: ColumnType, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => readDefault(type, item));
  return type.type === "datetime" && typeof value === "string" ? new Date(`${value.replace(/Z$/, "")}Z`) : value;
}

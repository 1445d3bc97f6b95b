import type { ColumnSpec, ColumnType, ParamSpec, Schema, TensorSpec } from "../../../models";

/** A schema of JSON Schema 2020-12, which OpenAPI 3.1 uses. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What the cell of a column is in JSON; lenient casts take more. */
function cellSchema(type: ColumnType): JsonSchema {
  if (type.type === "array") return { type: "array", items: cellSchema(type.items) };
  if (type.type === "object") return objectSchema(Object.entries(type.properties));
  return CELLS[type.type] ?? {};
}

const CELLS: Readonly<Record<string, JsonSchema>> = {
  boolean: { type: "boolean" },
  integer: { type: "integer", format: "int32" },
  long: { type: "integer", format: "int64" },
  float: { type: "number", format: "float" },
  double: { type: "number", format: "double" },
  string: { type: "string" },
  binary: { type: "string", contentEncoding: "base64" },
  datetime: { type: "string", format: "date-time" },
};

type Property = readonly [name: string, type: ColumnType & { readonly required: boolean }];

function objectSchema(properties: readonly Property[]): JsonSchema {
  return {
    type: "object",
    properties: Object.fromEntries(properties.map(([name, type]) => [name, cellSchema(type)])),
    required: properties.flatMap(([name, { required }]) => (required ? [name] : [])),
  };
}

/** One row of a table by name; of tensors, and without a signature, anything. */
export function recordSchema(schema: Schema | undefined): JsonSchema {
  if (!schema || schema.kind === "tensors") return { type: "object" };
  return objectSchema(
    schema.columns.map(
      ({ name, type, required }, position): Property => [name ?? String(position), { ...type, required }],
    ),
  );
}

/** What `inputs` is: columns, tensors, or anything. */
export function inputsSchema(schema: Schema | undefined): JsonSchema {
  if (!schema) return {};
  const specs: readonly (ColumnSpec | TensorSpec)[] = schema.kind === "columns" ? schema.columns : schema.tensors;
  const [first] = specs;
  if (first && first.name === undefined) return arraySchema(first);
  const required = specs.flatMap((spec) => ("required" in spec && !spec.required ? [] : [spec.name ?? ""]));
  return {
    type: "object",
    properties: Object.fromEntries(specs.map((spec) => [spec.name, arraySchema(spec)])),
    required,
  };
}

function arraySchema(spec: ColumnSpec | TensorSpec): JsonSchema {
  if ("type" in spec) return { type: "array", items: cellSchema(spec.type) };
  const lengths = spec.shape.map((length) => (length < 0 ? {} : { minItems: length, maxItems: length }));
  return lengths.reduceRight<JsonSchema>((items, length) => ({ type: "array", items, ...length }), elementSchema(spec));
}

function elementSchema({ dtype }: TensorSpec): JsonSchema {
  if (dtype === "bool") return { type: "boolean" };
  if (dtype === "str" || dtype.startsWith("datetime")) return { type: "string" };
  if (dtype === "object") return {};
  return { type: /int/.test(dtype) ? "integer" : "number" };
}

/** The params of a request with their defaults. */
export function paramsSchema(params: readonly ParamSpec[] | undefined): JsonSchema {
  const entries = (params ?? []).map(({ name, type, shape, default: value }) => {
    const schema = shape ? { type: "array", items: cellSchema(type) } : cellSchema(type);
    return [name, { ...schema, default: typeof value === "bigint" ? Number(value) : value }] as const;
  });
  return { type: "object", properties: Object.fromEntries(entries) };
}

/** The column names of a table, as an `enum` where a signature names them. */
export function labelsSchema(schema: Schema | undefined): JsonSchema {
  const names = schema?.kind === "columns" ? schema.columns.map(({ name }) => name) : [];
  return {
    type: "array",
    items: names[0] === undefined ? { type: ["string", "integer"] } : { type: "string", examples: names },
  };
}

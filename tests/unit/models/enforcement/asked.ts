import { ModelSignature, type ColumnSample, type Schema, type TensorSample } from "../../../../src/models";
import { enforceInput } from "../../../../src/models/enforcement";
import { errorOf } from "../../../support/error-of";

/** A schema of columns: `{ age: "double", name: { type: "string", required: false } }`, or by position a list of types. */
export function columns(specs: Readonly<Record<string, object | string>> | readonly string[]): Schema {
  const entries: readonly (readonly [string | undefined, object | string])[] = Array.isArray(specs)
    ? specs.map((type: string) => [undefined, type] as const)
    : Object.entries(specs);
  const json = entries.map(([name, spec]) => ({
    ...(name === undefined ? {} : { name }),
    required: true,
    ...(typeof spec === "string" ? { type: spec } : spec),
  }));
  return ModelSignature.fromText({ inputs: JSON.stringify(json) }).inputs as Schema;
}

/** A schema of tensors. */
export const tensors = (...specs: readonly { name?: string; dtype: string; shape: readonly number[] }[]): Schema => ({
  kind: "tensors",
  tensors: specs as never,
});

/** One tensor of a schema. */
export const tensor = (dtype: string, shape: readonly number[], name?: string) => ({ name, dtype, shape });

/** What a model of that schema is asked, with its columns or tensors as `parts`. */
export function taken(schema: Schema | undefined, data: unknown) {
  const input = enforceInput(schema, data);
  const parts: readonly (ColumnSample | TensorSample)[] = input.kind === "columns" ? input.columns : input.tensors;
  return { ...input, parts };
}

/** The cells of the only column, which is of that type. */
export const cells = (type: object | string, values: unknown): readonly unknown[] =>
  Array.from(taken(columns({ a: type }), { a: values }).parts[0]?.values ?? []);

/** Why data are refused. */
export const refusal = (schema: Schema | undefined, data: unknown): string =>
  errorOf(() => enforceInput(schema, data)).message;

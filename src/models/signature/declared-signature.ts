import { InvalidInputError, messages, validateOptions, validateRecord } from "../../core";
import { isRecord, type ColumnType, type DataType } from "../table";
import type { ColumnSpec, Schema, TensorSpec } from "./schema";
import { ModelSignature } from "./signature";
import { declareParam, inferParam, type ParamSpec } from "./signature-params";
import { readTypeText } from "./type-text";

/**
 * What a column or tensor holds, in the form in which signatures are shown. A column: `"long"`, `"string?"` (may be missing),
 * `"double[]"`, `"{ lat: double, city?: string }"`, `"{ [key]: double }"` (any keys). A tensor: `"float32[-1, 4]"`, −1 where any length will do.
 */
export type TypeText = DataType | `${DataType}?` | `${DataType}[]` | OtherText;

/** Any text; beside the others it leaves them to be suggested by editors. */
export type OtherText = string & Record<never, never>;

/** Named columns or tensors, unnamed columns by position, or one column or tensor without a name. */
export type SchemaDeclaration = Readonly<Record<string, TypeText>> | readonly TypeText[] | TypeText;

/** A param whose type is not that of its default. */
export interface ParamDeclaration {
  /** As of a column, and never optional. @default what the default is */
  readonly type?: TypeText;
  /** Taken where a prediction does not give the param. `null`: none. */
  readonly default: unknown;
}

/** What {@link declareSignature} takes; at least one part. */
export interface SignatureDeclaration {
  readonly inputs?: SchemaDeclaration;
  readonly outputs?: SchemaDeclaration;
  /** For each param its default, or a {@link ParamDeclaration}. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/**
 * What the public `declareSignature` gives.
 *
 * @throws InvalidInputError when a text names no type, columns and tensors are mixed, or a default is not of its type.
 */
export function declareSignature(declaration: SignatureDeclaration): ModelSignature {
  validateRecord("The declaration of a signature", declaration as unknown);
  validateOptions("declareSignature", declaration, ["inputs", "outputs", "params"]);
  const { inputs, outputs, params } = declaration;
  return new ModelSignature({
    inputs: inputs === undefined ? undefined : declareSchema("input", inputs),
    outputs: outputs === undefined ? undefined : declareSchema("output", outputs),
    params: params === undefined ? undefined : declareParams(params),
  });
}

function declareSchema(what: string, declaration: SchemaDeclaration): Schema {
  const named = isRecord(declaration);
  const entries: readonly (readonly [string | undefined, unknown])[] = named
    ? Object.entries(declaration)
    : [declaration].flat().map((text) => [undefined, text]);
  const columns: ColumnSpec[] = [];
  const tensors: TensorSpec[] = [];
  for (const [index, [name, text]] of entries.entries()) {
    const part = readTypeText(`The ${what} ${JSON.stringify(name ?? index)}`, text);
    const label = name === undefined ? {} : { name };
    if (part.kind === "tensor") tensors.push({ ...label, dtype: part.dtype, shape: part.shape });
    else columns.push({ ...label, type: part.type, required: part.required });
  }
  if (tensors.length > 0 && columns.length === 0 && (named || tensors.length === 1))
    return { kind: "tensors", tensors };
  if (columns.length > 0 && tensors.length === 0) return { kind: "columns", columns };
  throw new InvalidInputError(messages.badSchema(what, declaration));
}

function declareParams(params: Readonly<Record<string, unknown>>): readonly ParamSpec[] {
  validateRecord("The params of a signature", params);
  return Object.entries(params).map(([name, value]) => {
    if (!isRecord(value)) return inferParam(name, value);
    validateOptions(`the param ${JSON.stringify(name)}`, value, ["type", "default"]);
    if (value.type === undefined) return inferParam(name, value.default);
    return declareParam(name, paramType(name, value.type), value.default);
  });
}

function paramType(name: string, text: unknown): ColumnType {
  const part = readTypeText(`The param ${JSON.stringify(name)}`, text);
  if (part.kind === "column" && part.required) return part.type;
  throw new InvalidInputError(messages.badParamType(name, text));
}

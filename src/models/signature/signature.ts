import { InvalidInputError, messages } from "../../core";
import { captureTable, type TableSample } from "../table";
import { inferParams, paramsToJson, showParams, type ParamSpec, type ParamSpecJson } from "./signature-params";
import { schemaOf, schemaToJson, showSchema, type Schema, type SchemaJson } from "./schema";
import { readParams, readSchema } from "./schema-reading";

/** The parts of a {@link ModelSignature}; at least one is present. */
export interface SignatureParts {
  readonly inputs?: Schema;
  readonly outputs?: Schema;
  readonly params?: readonly ParamSpec[];
}

/** A signature as MLmodel keeps it: each part a JSON text of its own, `null` when absent. */
export interface SignatureText {
  readonly inputs: string | null;
  readonly outputs: string | null;
  readonly params: string | null;
}

/** What a model takes, what it gives, and the parameters of a prediction with their defaults. */
export class ModelSignature {
  readonly inputs?: Schema;
  readonly outputs?: Schema;
  readonly params?: readonly ParamSpec[];

  /**
   * A declared signature, where the inferred one does not say what is meant.
   *
   * @example
   * new ModelSignature({
   *   inputs: { kind: "columns", columns: [{ name: "age", type: { type: "integer" }, required: true }] },
   *   outputs: { kind: "tensors", tensors: [{ dtype: "float32", shape: [-1, 1] }] },
   * });
   */
  constructor({ inputs, outputs, params }: SignatureParts) {
    if (!inputs && !outputs && !params) throw new InvalidInputError(messages.emptySignature());
    this.inputs = inputs;
    this.outputs = outputs;
    this.params = params;
  }

  /**
   * The signature that an MLmodel file keeps; the reverse of {@link ModelSignature.toText}.
   *
   * @throws InvalidInputError when the texts are none that MLflow writes.
   */
  static fromText({ inputs, outputs, params }: Partial<SignatureText>): ModelSignature {
    return new ModelSignature({
      inputs: readPart("inputs", inputs, readSchema),
      outputs: readPart("outputs", outputs, readSchema),
      params: readPart("params", params, readParams),
    });
  }

  /** MLflow's JSON form, absent parts `null`. */
  toJSON(): { inputs: SchemaJson | null; outputs: SchemaJson | null; params: readonly ParamSpecJson[] | null } {
    return {
      inputs: this.inputs ? schemaToJson(this.inputs) : null,
      outputs: this.outputs ? schemaToJson(this.outputs) : null,
      params: this.params ? paramsToJson(this.params) : null,
    };
  }

  /** The form that MLmodel keeps (mlflow/models/signature.py, ModelSignature.to_dict). */
  toText(): SignatureText {
    const { inputs, outputs, params } = this.toJSON();
    const text = (part: unknown) => (part === null ? null : JSON.stringify(part));
    return { inputs: text(inputs), outputs: text(outputs), params: text(params) };
  }

  /** One line: `(age: double, name?: string) → float64[-1], params: temperature: double = 0.5`. */
  toString(): string {
    const inputs = this.inputs ? showSchema(this.inputs) : "";
    const outputs = this.outputs ? ` → ${showSchema(this.outputs)}` : "";
    const params = this.params?.length ? `, params: ${showParams(this.params)}` : "";
    return `(${inputs})${outputs}${params}`;
  }
}

/** A schema of nothing (`[]`) is as good as none. */
function readPart<T>(name: string, text: string | null | undefined, read: (json: unknown) => T): T | undefined {
  if (text === null || text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return Array.isArray(json) && json.length === 0 ? undefined : read(json);
  } catch (cause) {
    throw new InvalidInputError(messages.badSignatureText(name, text, (cause as Error).message), { cause });
  }
}

/**
 * What the public `inferSignature` gives; its inputs and outputs may be anything that {@link captureTable} knows.
 *
 * @throws InvalidInputError when nothing can be inferred: no rows, no values, or no data at all.
 */
export function inferSignature(
  input?: unknown,
  output?: unknown,
  params?: Readonly<Record<string, unknown>>,
): ModelSignature {
  if (input === undefined && output === undefined && params === undefined)
    throw new InvalidInputError(messages.emptySignature());
  return new ModelSignature({
    inputs: input === undefined ? undefined : inferSchema("input", input),
    outputs: output === undefined ? undefined : inferSchema("output", output),
    params: params === undefined ? undefined : inferParams(params),
  });
}

/** The same from an input of which a copy has been taken. */
export const inferSignatureOf = (input: TableSample, output: unknown): ModelSignature =>
  new ModelSignature({
    inputs: requireSchema("input", input, input),
    outputs: output === undefined ? undefined : inferSchema("output", output),
  });

const inferSchema = (what: string, data: unknown): Schema => requireSchema(what, data, captureTable(data));

function requireSchema(what: string, data: unknown, table: TableSample): Schema {
  const schema = schemaOf(table);
  if (!schema)
    throw new InvalidInputError(
      messages.noTable(`The ${what} of a signature`, data, table.kind === "opaque" ? table.reason : "no values"),
    );
  return schema;
}

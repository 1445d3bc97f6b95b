import type { ScalarTag } from "yaml";
import { InvalidInputError, messages, newRunId } from "../core";
import type { ModelSignature } from "./signature";

/** The MLflow version whose model format is written. */
export const MLMODEL_VERSION = "3.17.2";

/** What the MLmodel file says of a model. */
export interface MlmodelFields {
  /** One entry for each flavor: its key and how it is loaded. */
  readonly flavors: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly signature?: ModelSignature;
  /** MLmodel's `saved_input_example_info`. */
  readonly inputExampleInfo?: Readonly<Record<string, string>>;
  /** What the user wants kept with the model; JSON. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Of a logged model only. */
  readonly runId?: string;
  /** Of a logged model only: `m-` and 32 hexadecimal digits. */
  readonly modelId?: string;
  /** Of a logged model only: the URI of its artifacts, or its name under an MLflow 2 run. */
  readonly artifactPath?: string;
  /** Bytes of all other files. */
  readonly sizeBytes: number;
  /** Epoch milliseconds. */
  readonly utcTime: number;
}

/**
 * The text of an MLmodel file: the fields, their order and their form are MLflow's (mlflow/models/model.py,
 * Model.to_dict and Model.save), readable by its YAML 1.1 parser.
 *
 * @throws InvalidInputError when metadata or a flavor's entry is not JSON.
 */
export function mlmodelText(fields: MlmodelFields): string {
  const { artifactPath, runId, metadata, signature, inputExampleInfo } = fields;
  const content = {
    ...(artifactPath === undefined ? {} : { artifact_path: artifactPath }),
    flavors: toJson("A flavor's entry in MLmodel", fields.flavors),
    is_signature_from_type_hint: false,
    ...(metadata === undefined ? {} : { metadata: toJson("The metadata of a model", metadata) }),
    mlflow_version: MLMODEL_VERSION,
    model_id: fields.modelId ?? null,
    model_size_bytes: fields.sizeBytes,
    // As random as a run's id, and of the same form.
    model_uuid: fields.modelId ?? newRunId(),
    prompts: null,
    ...(runId === undefined ? {} : { run_id: runId }),
    ...(inputExampleInfo === undefined ? {} : { saved_input_example_info: inputExampleInfo }),
    ...(signature === undefined ? {} : { signature: signature.toText() }),
    type_hint_from_example: false,
    utc_time_created: utcText(fields.utcTime),
  };
  return yamlForPython(content);
}

// What PyYAML's reader refuses raw (yaml/reader.py, NON_PRINTABLE), or takes for the end of a line.
const NOT_PRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

// Of texts with these only the form in double quotes is read the same everywhere: it alone has escapes.
const NEEDS_ESCAPES = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]|^\s|\s$/u;

/** With this tag the writer takes every "<<" for a merge key, quoted or not. */
const MERGE_TAG = "tag:yaml.org,2002:merge";

/** To PyYAML 1e-7 is a text and 1.0e-7 a number. */
const PYTHON_NUMBER: ScalarTag = {
  tag: "tag:yaml.org,2002:float",
  default: true,
  // Nothing is parsed by it; the writer prefers tags that have a test.
  test: /(?!)/,
  identify: (value) => typeof value === "number",
  resolve: Number,
  stringify: ({ value }) => String(value).replace(/^(-?\d+)e/, "$1.0e"),
};

/**
 * YAML that PyYAML reads back as it was: texts that YAML 1.1 takes for something else quoted, rare characters escaped.
 */
function yamlForPython(content: unknown): string {
  const { Document, visit } = require("yaml") as typeof import("yaml");
  const document = new Document(content, {
    version: "1.1",
    customTags: (tags) => [PYTHON_NUMBER, ...tags.filter((tag) => typeof tag === "string" || tag.tag !== MERGE_TAG)],
    sortMapEntries: true,
    aliasDuplicateObjects: false,
  });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== "string") return;
      if (NEEDS_ESCAPES.test(node.value)) node.type = "QUOTE_DOUBLE";
      // YAML 1.1's merge key and default key.
      else if (node.value === "<<" || node.value === "=") node.type = "QUOTE_SINGLE";
    },
  });
  const text = document.toString({ lineWidth: 0, singleQuote: true });
  return text.replace(NOT_PRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Python's `str(datetime)` in UTC, with microseconds. */
const utcText = (time: number): string => new Date(time).toISOString().replace("T", " ").replace("Z", "000");

function toJson(what: string, value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch (cause) {
    throw new InvalidInputError(messages.notJson(what, value), { cause });
  }
}

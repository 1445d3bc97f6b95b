import { InvalidInputError, messages, newRunId } from "../core";
import { formatYaml, type YamlMap } from "../core/yaml";
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
    ...(signature === undefined ? {} : { signature: { ...signature.toText() } }),
    type_hint_from_example: false,
    utc_time_created: utcText(fields.utcTime),
  };
  return formatYaml(content);
}

/** Python's `str(datetime)` in UTC, with microseconds. */
const utcText = (time: number): string => new Date(time).toISOString().replace("T", " ").replace("Z", "000");

function toJson(what: string, value: unknown): YamlMap {
  try {
    return JSON.parse(JSON.stringify(value)) as YamlMap;
  } catch (cause) {
    throw new InvalidInputError(messages.notJson(what, value), { cause });
  }
}

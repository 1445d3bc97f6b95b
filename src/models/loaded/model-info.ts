import { readFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode, messages, StoreError } from "../../core";
import { ModelSignature, type SignatureText } from "../signature";
import { parsePlainYaml } from "./plain-yaml";

/** What a model's MLmodel file says of it, whoever wrote it. */
export interface ModelInfo {
  /** How each flavor is loaded, by its name. */
  readonly flavors: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly signature?: ModelSignature;
  /** What was kept with the model by whoever logged it. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Of a logged model only. */
  readonly modelId?: string;
  /** Of a logged model only. */
  readonly runId?: string;
  readonly modelUuid?: string;
  /** Where the model was logged, as a URI; it may have been copied since. */
  readonly artifactPath?: string;
  /** The MLflow version whose format it is in. */
  readonly mlflowVersion?: string;
  /** When it was made, in UTC: `2026-11-22 04:30:07.028468`. */
  readonly utcTimeCreated?: string;
  /** The whole file, with what is not named above. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Reads `MLmodel` in a folder; what it says and is not known here is kept in `fields`.
 *
 * @throws StoreError DATA_LOSS when it is no MLmodel file, INVALID_PARAMETER_VALUE when its signature is none.
 */
export function readModelInfo(folder: string): ModelInfo {
  const path = join(folder, "MLmodel");
  const fields = readFields(path);
  const { flavors, signature, metadata } = fields;
  const text = (key: string): string | undefined => {
    const value = fields[key];
    return value === null || value === undefined ? undefined : String(value);
  };
  if (!isMapping(flavors) || !Object.values(flavors).every(isMapping))
    throw new StoreError(messages.unreadableMlmodel(path, "it names no flavors"));
  return {
    flavors: flavors as ModelInfo["flavors"],
    signature: isSignature(signature) ? ModelSignature.fromText(signature) : undefined,
    metadata: isMapping(metadata) ? metadata : {},
    modelId: text("model_id"),
    runId: text("run_id"),
    modelUuid: text("model_uuid"),
    artifactPath: text("artifact_path"),
    mlflowVersion: text("mlflow_version"),
    utcTimeCreated: text("utc_time_created"),
    fields,
  };
}

function readFields(path: string): Readonly<Record<string, unknown>> {
  try {
    const content = parseYaml(readFileSync(path, "utf8"));
    if (isMapping(content)) return content;
  } catch (cause) {
    throw new StoreError(messages.unreadableMlmodel(path, errorCode(cause) ?? (cause as Error).message), { cause });
  }
  throw new StoreError(messages.unreadableMlmodel(path, "it is no mapping"));
}

function parseYaml(text: string): unknown {
  const plain = parsePlainYaml(text);
  if (plain) return plain;
  const { parse } = require("yaml") as typeof import("yaml");
  // The version of Python's writer.
  return parse(text, { version: "1.1", logLevel: "silent" });
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** A signature that says nothing is none. */
const isSignature = (value: unknown): value is SignatureText =>
  isMapping(value) && [value.inputs, value.outputs, value.params].some((text) => text !== null && text !== undefined);

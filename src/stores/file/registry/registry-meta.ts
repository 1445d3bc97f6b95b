import { join } from "node:path";
import { replaceFile } from "../../../core";
import { formatYaml, type YamlMap } from "../../../core/yaml";
import { META_FILE } from "../layout";
import type { Times } from "../../tracking-store";
import type { MetaFile } from "../meta-file";

/** The fields that MLflow gives a registered model's meta.yaml. */
export const NEW_REGISTERED_MODEL: YamlMap = {
  aliases: {},
  deployment_job_id: null,
  deployment_job_state: null,
  description: null,
  workspace: "default",
};

/** The fields that MLflow gives a model version's meta.yaml. */
export const NEW_MODEL_VERSION: YamlMap = {
  current_stage: "None",
  deployment_job_state: null,
  description: null,
  model_id: null,
  run_id: null,
  run_link: null,
  status: "READY",
  status_message: null,
  user_id: null,
  workspace: "default",
};

/** Writes a meta.yaml into a folder, over an old one if there is one. */
export function writeRegistryMeta(folder: string, fields: YamlMap): void {
  replaceFile(join(folder, META_FILE), formatYaml(fields));
}

/** The fields of a meta.yaml by which it is dated: what is left out is not changed. */
export const dateFields = ({ created, updated }: Times): YamlMap => ({
  ...(created !== undefined && { creation_timestamp: created }),
  ...(updated !== undefined && { last_updated_timestamp: updated }),
});

/**
 * Writes a meta.yaml again with some fields changed. What other writers have put there stays; what is kept elsewhere (tags,
 * metrics, params, which early versions of MLflow wrote here as well) goes.
 */
export function changeRegistryMeta(folder: string, meta: MetaFile, change: YamlMap): void {
  const kept = Object.entries(meta.map).filter(([, value]) => value === null || typeof value !== "object");
  writeRegistryMeta(folder, { ...Object.fromEntries(kept), ...change });
}

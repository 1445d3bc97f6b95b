import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import {
  type Dataset,
  type DatasetInput,
  type ModelInput,
  type ModelOutput,
  type RunInputs,
  type RunOutputs,
  temporaryName,
} from "../../../core";
import { makeFolder } from "../../../core/disk";
import { formatYaml, type YamlMap } from "../../../core/yaml";
import { listFolders } from "../files";
import {
  DATASETS_FOLDER,
  datasetFolderName,
  INPUTS_FOLDER,
  inputFolderName,
  META_FILE,
  OUTPUTS_FOLDER,
} from "../layout";
import { type MetaFile, optionalIntegerField, optionalTextField, readMeta, textField } from "../meta-file";
import { linkOrder } from "../../link-order";

/** Notes the data sets and models that the run in a folder read. What is noted already is left as it is, tags included. */
export function writeInputs(
  folder: string,
  { datasets = [], models = [] }: { datasets?: readonly DatasetInput[]; models?: readonly ModelInput[] },
): void {
  for (const { dataset, tags } of datasets) {
    const datasetId = datasetFolderName(dataset.name, dataset.digest);
    publishMeta(folder, join(dirname(folder), DATASETS_FOLDER, datasetId), {
      digest: dataset.digest,
      name: dataset.name,
      profile: dataset.profile ?? null,
      schema: dataset.schema ?? null,
      source: dataset.source,
      source_type: dataset.sourceType,
    });
    writeInput(folder, "DATASET", datasetId, tags);
  }
  for (const { modelId } of models) writeInput(folder, "MODEL", modelId, {});
}

function writeInput(
  folder: string,
  sourceType: string,
  sourceId: string,
  tags: Readonly<Record<string, string>>,
): void {
  publishMeta(folder, join(folder, INPUTS_FOLDER, inputFolderName(sourceId, basename(folder))), {
    // MLflow writes the source here as well, not the run.
    destination_id: sourceId,
    destination_type: "RUN",
    source_id: sourceId,
    source_type: sourceType,
    tags,
  });
}

/** Notes the models that the run in a folder made. */
export function writeOutputs(folder: string, models: readonly ModelOutput[]): void {
  for (const { modelId, step } of models)
    publishMeta(folder, join(folder, OUTPUTS_FOLDER, modelId), {
      destination_id: modelId,
      destination_type: "MODEL_OUTPUT",
      source_id: modelId,
      source_type: "RUN_OUTPUT",
      step,
      tags: {},
    });
}

/** Makes a folder with its meta.yaml at once, by way of the run's: Python refuses every run of an experiment in which one has none. */
function publishMeta(runFolder: string, folder: string, map: YamlMap): void {
  if (existsSync(join(folder, META_FILE))) return;
  const temporary = join(runFolder, temporaryName());
  try {
    mkdirSync(temporary);
    writeFileSync(join(temporary, META_FILE), formatYaml(map));
    makeFolder(dirname(folder));
    renameSync(temporary, folder);
  } catch (cause) {
    rmSync(temporary, { recursive: true, force: true });
    // Another process may have been quicker.
    if (!existsSync(join(folder, META_FILE))) throw cause;
  }
}

/** The inputs of the run in a folder. @throws DATA_LOSS */
export function readInputs(folder: string): RunInputs {
  const datasetInputs: DatasetInput[] = [];
  const modelInputs: ModelInput[] = [];
  for (const meta of readMetas(join(folder, INPUTS_FOLDER))) {
    const sourceId = textField(meta, "source_id");
    if (textField(meta, "source_type") === "MODEL") modelInputs.push({ modelId: sourceId });
    else {
      const dataset = readDataset(join(dirname(folder), DATASETS_FOLDER, basename(sourceId)));
      if (dataset) datasetInputs.push({ dataset, tags: tagsField(meta) });
    }
  }
  return {
    datasetInputs: datasetInputs.sort(linkOrder.datasets),
    modelInputs: modelInputs.sort(linkOrder.modelInputs),
  };
}

/** The outputs of the run in a folder. @throws DATA_LOSS */
export function readOutputs(folder: string): RunOutputs {
  const modelOutputs = readMetas(join(folder, OUTPUTS_FOLDER))
    .filter((meta) => textField(meta, "destination_type") === "MODEL_OUTPUT")
    .map((meta) => ({ modelId: textField(meta, "destination_id"), step: optionalIntegerField(meta, "step") ?? 0 }));
  return { modelOutputs: modelOutputs.sort(linkOrder.modelOutputs) };
}

const readMetas = (folder: string): MetaFile[] =>
  listFolders(folder).flatMap((name) => readMeta(join(folder, name)) ?? []);

function readDataset(folder: string): Dataset | undefined {
  const meta = readMeta(folder);
  return (
    meta && {
      name: textField(meta, "name"),
      digest: textField(meta, "digest"),
      sourceType: textField(meta, "source_type"),
      source: optionalTextField(meta, "source") ?? "",
      schema: optionalTextField(meta, "schema"),
      profile: optionalTextField(meta, "profile"),
    }
  );
}

function tagsField(meta: MetaFile): Record<string, string> {
  const tags = meta.map.tags;
  if (tags === null || typeof tags !== "object" || Array.isArray(tags)) return {};
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, textOf(value)]));
}

const textOf = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);

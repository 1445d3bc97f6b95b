import { now, type LoggedModelStatus } from "../core";
import type { OpenRun } from "../tracking";
import type { ModelSnapshot } from "./flavor";
import type { InputExample } from "./input-example";
import { type ModelFolderDetails, modelFolderFiles, sizeOfFiles } from "./model-folder";
import type { ModelSignature } from "./signature";

/** A model that is to be kept on a run. */
export interface LoggedModelDraft {
  /** As given by the user: may hold dots and slashes. The folder is `artifacts/<name>`. */
  readonly name: string;
  readonly flavor: string;
  readonly snapshot: ModelSnapshot;
  readonly signature?: ModelSignature;
  readonly inputExample?: InputExample;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly params?: Readonly<Record<string, string>>;
  /** An earlier model of the same run that this one replaces: its id and folder stay. */
  readonly modelId?: string;
  /** Told the model's id as soon as it has one. */
  readonly created?: (modelId: string) => void;
}

/** MLflow forbids these in a LoggedModel's name, and uses `/` and `:` in model URIs. */
const FORBIDDEN = /[/:.%"']/g;

/**
 * Queues a model: its LoggedModel, its folder below the run's artifacts, and its place among the run's outputs. The folder is complete, and the model READY,
 * when the run's queue has been flushed; a folder that could not be written leaves it FAILED.
 */
export function logModelOnRun(run: OpenRun, draft: LoggedModelDraft): void {
  const utcTime = now();
  run.enqueue((queue) => queue.files.push(() => writeModel(run, draft, utcTime)));
}

function writeModel(run: OpenRun, draft: LoggedModelDraft, utcTime: number): void {
  const { store } = run;
  const artifactPath = `${run.artifactUri}/${draft.name}`;
  const modelId = draft.modelId ?? createModel(run, draft, artifactPath);
  let status: LoggedModelStatus = "FAILED";
  try {
    const details: ModelFolderDetails = {
      flavor: draft.flavor,
      signature: draft.signature,
      inputExample: draft.inputExample,
      metadata: draft.metadata,
      runId: run.id,
      modelId,
      artifactPath,
      utcTime,
    };
    for (const { path, bytes } of modelFolderFiles(draft.snapshot, details))
      run.artifacts.write(`${draft.name}/${path}`, bytes);
    status = "READY";
  } finally {
    store.finalizeLoggedModel(modelId, status);
  }
}

function createModel(run: OpenRun, draft: LoggedModelDraft, artifactLocation: string): string {
  const { modelId } = run.store.createLoggedModel({
    experimentId: run.experimentId,
    name: draft.name.replace(FORBIDDEN, "_"),
    sourceRunId: run.id,
    modelType: draft.snapshot.modelType,
    params: Object.entries(draft.params ?? {}).map(([key, value]) => ({ key, value })),
    artifactLocation,
  });
  draft.created?.(modelId);
  run.store.logOutputs(run.id, [{ modelId, step: 0 }]);
  return modelId;
}

/** The bytes that a snapshot will take in its folder, MLmodel aside. */
export const snapshotBytes = (snapshot: ModelSnapshot): number => sizeOfFiles(snapshot.files);

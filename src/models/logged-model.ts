import { globalSlot, type LoggedModelStatus, now } from "../core";
import { loggedModelName, type OpenRun } from "../tracking";
import type { ModelEnvironment } from "./environment";
import type { ModelFile, ModelSnapshot } from "./flavor";
import type { InputExample } from "./input-example";
import { type ModelFolderDetails, modelFolderFiles, sizeOfFiles } from "./model-folder";
import type { ModelSignature } from "./signature";

/** A model that is to be kept on a run. */
export interface LoggedModelDraft {
  /** May hold dots and slashes. The folder is `artifacts/<name>`, or `artifacts/<name>-2`, … when that is another model's. */
  readonly name: string;
  readonly flavor: string;
  readonly snapshot: ModelSnapshot;
  readonly signature?: ModelSignature;
  readonly inputExample?: InputExample;
  /** Asked for when the model is written: reading what is installed takes its time. */
  readonly environment?: () => ModelEnvironment | undefined;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly params?: Readonly<Record<string, string>>;
  /** An earlier model of the same run that this one replaces: its id and folder (`name`) stay. */
  readonly modelId?: string;
  /** Told the model's id as soon as it has one. */
  readonly created?: (modelId: string) => void;
}

/** What this process has logged to one run. */
interface ModelsOfRun {
  /** Folders that are somebody's, from the moment that they are promised, with what lets other processes know no more that they are. */
  readonly folders: Map<string, () => void>;
  /** The files of each model, by its id. */
  readonly files: Map<string, readonly string[]>;
}

const modelsOfRuns = globalSlot("logged-models", () => new WeakMap<OpenRun, ModelsOfRun>());

/**
 * Queues a model: its LoggedModel, its folder below the run's artifacts, and its place among the run's outputs. The folder is complete, and the model READY,
 * when the run's queue has been flushed; a folder that could not be written leaves it FAILED. Each model has a folder of its own: one that
 * replaces none and whose name is taken on this run gets the next free of `<name>-2`, `<name>-3`, …
 *
 * @returns the folder's name, which is the LoggedModel's too.
 */
export function logModelOnRun(run: OpenRun, draft: LoggedModelDraft): string {
  const utcTime = now();
  const name = draft.modelId === undefined ? reserveFolder(run, draft.name) : draft.name;
  run.enqueue((queue) => queue.files.push(() => writeModel(run, { ...draft, name }, utcTime)));
  return name;
}

function modelsOf(run: OpenRun): ModelsOfRun {
  const known = modelsOfRuns.get(run) ?? { folders: new Map(), files: new Map() };
  modelsOfRuns.set(run, known);
  return known;
}

function reserveFolder(run: OpenRun, wanted: string): string {
  const { folders } = modelsOf(run);
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    const release = folders.has(name) ? undefined : claimFolder(run, name);
    if (!release) continue;
    folders.set(name, release);
    return name;
  }
}

/** A run that was resumed or is shared has models of which this process knows nothing. `undefined`: the folder is another model's. */
function claimFolder(run: OpenRun, folder: string): (() => void) | undefined {
  // On a server each model has a place of its own.
  if (run.store.spool) return () => {};
  try {
    run.requireStored();
    if (holdsModel(run, folder)) return undefined;
    // Nobody else knows of an implicit run.
    if (!run.explicit) return () => {};
    const release = run.artifacts.claim(folder);
    if (!release || !holdsModel(run, folder)) return release;
    release();
    return undefined;
  } catch {
    // What keeps a folder from being claimed keeps it from being written as well, and that is told when the run is flushed.
    return () => {};
  }
}

const holdsModel = (run: OpenRun, folder: string): boolean =>
  run.artifacts.list(folder).some(({ path }) => path === `${folder}/MLmodel`);

function writeModel(run: OpenRun, draft: LoggedModelDraft, utcTime: number): void {
  const { store } = run;
  const wantedPlace = `${run.artifactUri}/${draft.name}`;
  const modelId = prepareModel(run, draft, wantedPlace);
  const artifactPath = store.spool?.placeOf(modelId) ?? wantedPlace;
  let status: LoggedModelStatus = "FAILED";
  try {
    if (draft.modelId === undefined) store.logOutputs(run.id, [{ modelId, step: 0 }]);
    const details: ModelFolderDetails = {
      flavor: draft.flavor,
      signature: draft.signature,
      inputExample: draft.inputExample,
      environment: draft.environment?.(),
      metadata: draft.metadata,
      runId: run.id,
      modelId,
      artifactPath,
      utcTime,
    };
    writeFolder(run, draft.name, modelId, modelFolderFiles(draft.snapshot, details));
    status = "READY";
  } finally {
    modelsOf(run).folders.get(draft.name)?.();
    store.finalizeLoggedModel(modelId, status);
  }
}

/** Writes a model's files, and removes those of its earlier state that it has no more. */
function writeFolder(run: OpenRun, folder: string, modelId: string, files: readonly ModelFile[]): void {
  const { files: filesOf } = modelsOf(run);
  const before = filesOf.get(modelId) ?? [];
  const paths = files.map(({ path }) => path);
  filesOf.set(modelId, [...new Set([...before, ...paths])]);
  const place = placeOfModel(run, folder, modelId);
  place.writeAll(files);
  for (const path of before) if (!paths.includes(path)) place.remove(path);
  filesOf.set(modelId, paths);
}

/** A folder of the run, or on a server the model's own. */
function placeOfModel(run: OpenRun, folder: string, model: string) {
  const { spool } = run.store;
  if (!spool)
    return {
      writeAll: (files: readonly ModelFile[]) => {
        const placed = files.map(({ path, bytes }) => ({ path: `${folder}/${path}`, bytes }));
        if (run.artifacts.writeAll) run.artifacts.writeAll(placed);
        else for (const { path, bytes } of placed) run.artifacts.write(path, bytes);
      },
      remove: (path: string) => run.artifacts.remove(`${folder}/${path}`),
    };
  return {
    writeAll: (files: readonly ModelFile[]) => {
      for (const { path, bytes } of files) spool.keepFile({ model }, { kind: "content", path, content: bytes });
    },
    remove: (path: string) => spool.removeFile({ model }, path),
  };
}

/** The id of the model that is to be written: the earlier one's that it replaces, or a new one's. @throws when the run is no more */
function prepareModel(run: OpenRun, draft: LoggedModelDraft, artifactLocation: string): string {
  try {
    run.requireStored();
    return draft.modelId ?? createModel(run, draft, artifactLocation);
  } catch (fault) {
    // The folder is nobody's after all.
    const { folders } = modelsOf(run);
    folders.get(draft.name)?.();
    folders.delete(draft.name);
    throw fault;
  }
}

function createModel(run: OpenRun, draft: LoggedModelDraft, artifactLocation: string): string {
  const { modelId } = run.store.createLoggedModel({
    experimentId: run.experimentId,
    name: loggedModelName(draft.name),
    sourceRunId: run.id,
    modelType: draft.snapshot.modelType,
    params: Object.entries(draft.params ?? {}).map(([key, value]) => ({ key, value })),
    artifactLocation,
  });
  draft.created?.(modelId);
  return modelId;
}

/** The bytes that a model itself will take in its folder, without what describes it. */
export const snapshotBytes = (snapshot: ModelSnapshot): number => sizeOfFiles(snapshot.files);

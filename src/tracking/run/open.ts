import { dirname } from "node:path";
import {
  type Experiment,
  InvalidInputError,
  LIMITS,
  messages,
  newRunName,
  now,
  type RunEntity,
  type Tag,
  toText,

  validateKey,
  validateOptions,
  validateRecord,
  warnOnce,
} from "../../core";
import type { TrackingStore } from "../../stores";
import { contextTags, sourceFile } from "../context-tags";
import { resolveExperiment } from "../experiment";
import { gitCommit } from "../git-commit";
import { inBackground } from "../recorder";
import { currentStore } from "../tracking-uri";
import { installExitHooks } from "./exit";
import { OpenRun } from "./open-run";
import { endedFrameRun, explicitRun, implicitRun, noteOpened, pushRun, setImplicitRun } from "./run-stack";

export interface StartRunOptions {
  /** Default: a random `adjective-animal-N`. */
  runName?: string;
  /** Goes on with an existing run. */
  runId?: string;
  experimentId?: string;
  /** Made when missing. */
  experimentName?: string;
  /** Makes a child of the active run. */
  nested?: boolean;
  parentRunId?: string;
  tags?: Record<string, unknown>;
  /** Kept as tag `mlflow.note.content`. */
  description?: string;
  /** Samples CPU, memory, disk and network every 10 s into metrics `system/…`. */
  logSystemMetrics?: boolean;
}

const OPTIONS = [
  "runName",
  "runId",
  "experimentId",
  "experimentName",
  "nested",
  "parentRunId",
  "tags",
  "description",
  "logSystemMetrics",
] as const satisfies readonly (keyof StartRunOptions)[];

let consumedEnvironmentRun: string | undefined;

/**
 * Opens the run that `startRun(options)` asks for, without making it active.
 * @throws RUN_ACTIVE when an explicit run is active and `nested` is not set.
 */
export function openExplicitRun(options: StartRunOptions): OpenRun {
  validateStartOptions(options);
  const active = explicitRun();
  if (active && !options.nested) throw new InvalidInputError(messages.runActive(active.id));
  if (active && options.parentRunId && options.parentRunId !== active.id)
    throw new InvalidInputError(messages.parentNotActive(options.parentRunId, active.id));
  const store = currentStore();
  const inherited = options.runId ? undefined : takeEnvironmentRun();
  const runId = options.runId ?? inherited;
  const parentRunId = options.parentRunId ?? (options.nested ? (active ?? implicitRun())?.id : undefined);
  if (runId) return resumeRun(store, runId, options, inherited === undefined);
  return createRun(store, options, { explicit: true, parentRunId });
}

/** The run that verbs write to here; opened when there is none. `undefined` when the store cannot be reached: said in one warning. */
export function targetRun(verb: string): OpenRun | undefined {
  const run = activeOrInherited();
  if (run) return run;
  const ended = endedFrameRun();
  if (ended) throw new InvalidInputError(messages.runEnded(ended.id, verb));
  return openImplicitRun();
}

/** The active run, explicit or implicit, also one that MLFLOW_RUN_ID names. */
export function activeOrInherited(): OpenRun | undefined {
  const explicit = explicitRun();
  if (explicit) return explicit;
  if (endedFrameRun()) return undefined;
  const inherited = takeEnvironmentRun();
  if (inherited) {
    const run = resumeRun(currentStore(), inherited, {}, false);
    pushRun(run);
    return run;
  }
  return implicitRun();
}

/** Opens an implicit run and makes it the process's active one. `undefined` (and one warning) when the store fails. */
export function openImplicitRun(options: StartRunOptions = {}): OpenRun | undefined {
  try {
    const run = createRun(currentStore(), options, { explicit: false });
    setImplicitRun(run);
    return run;
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    warnOnce("implicit-run", `no run could be opened, nothing is recorded: ${why}`);
    return undefined;
  }
}

function createRun(
  store: TrackingStore,
  options: StartRunOptions,
  { explicit, parentRunId }: { explicit: boolean; parentRunId?: string },
): OpenRun {
  const experiment = resolveExperiment(store, { name: options.experimentName, experimentId: options.experimentId });
  const tags = contextTags();
  if (parentRunId) tags.set("mlflow.parentRunId", parentRunId);
  for (const { key, value } of userTags(options)) tags.set(key, value);
  const runName = options.runName ?? tags.get("mlflow.runName") ?? newRunName();
  tags.set("mlflow.runName", runName);
  const entity = store.createRun({
    experimentId: experiment.experimentId,
    runName,
    userId: tags.get("mlflow.user") ?? "unknown",
    startTime: now(),
    tags: Array.from(tags, ([key, value]) => ({ key, value })),
  });
  const run = toOpenRun(store, entity, experiment, { explicit, owned: true });
  noteCommit(run);
  return run;
}

function resumeRun(store: TrackingStore, runId: string, options: StartRunOptions, owned: boolean): OpenRun {
  const entity = store.getRun(runId);
  if (entity.info.lifecycleStage === "deleted") throw new InvalidInputError(messages.runDeleted(runId));
  const experiment = store.getExperiment(entity.info.experimentId);
  if (options.experimentId !== undefined && options.experimentId !== experiment.experimentId)
    throw new InvalidInputError(messages.experimentMismatch(runId, experiment.experimentId, options.experimentId));
  if (options.experimentName !== undefined && options.experimentName !== experiment.name)
    throw new InvalidInputError(messages.experimentMismatch(runId, experiment.name, options.experimentName));
  const run = toOpenRun(store, entity, experiment, { explicit: true, owned });
  if (owned) run.setStatus("RUNNING");
  for (const { key, value } of userTags(options)) run.tag(key, value);
  if (options.runName !== undefined) run.tag("mlflow.runName", options.runName);
  return run;
}

function toOpenRun(
  store: TrackingStore,
  { info, data }: RunEntity,
  experiment: Experiment,
  kind: { explicit: boolean; owned: boolean },
): OpenRun {
  const run = new OpenRun({
    store,
    id: info.runId,
    name: info.runName,
    experimentId: info.experimentId,
    experimentName: experiment.name,
    artifactUri: info.artifactUri,
    params: data.params,
    ...kind,
  });
  installExitHooks();
  noteOpened(run);
  return run;
}

function userTags({ tags = {}, description }: StartRunOptions): Tag[] {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value: toText("tag", key, value, LIMITS.tagValueLength) }));
  if (description !== undefined) list.push({ key: "mlflow.note.content", value: description });
  return list;
}

/** MLFLOW_RUN_ID is followed once in a process, as MLflow does. */
function takeEnvironmentRun(): string | undefined {
  const runId = process.env.MLFLOW_RUN_ID;
  if (!runId || runId === consumedEnvironmentRun) return undefined;
  consumedEnvironmentRun = runId;
  return runId;
}

function noteCommit(run: OpenRun): void {
  const { notebook, script } = sourceFile();
  const folder = notebook ? dirname(notebook) : script ? dirname(script) : undefined;
  if (folder === undefined) return;
  inBackground({
    name: "the git commit",
    run: () => {
      const commit = gitCommit(folder);
      if (commit) run.tag("mlflow.source.git.commit", commit);
    },
  });
}

function validateStartOptions(options: StartRunOptions): void {
  validateOptions("startRun", options, OPTIONS);
  for (const key of ["runName", "runId", "experimentId", "experimentName", "parentRunId", "description"] as const) {
    const value = options[key];
    if (value !== undefined && typeof value !== "string")
      throw new InvalidInputError(messages.wrongType(`${key} of startRun`, value, "a string"));
  }
  if (options.tags === undefined) return;
  validateRecord("tags of startRun", options.tags);
  for (const key of Object.keys(options.tags)) validateKey("tag", key);
}


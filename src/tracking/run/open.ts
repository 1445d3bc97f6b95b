import {
  type Experiment,
  globalSlot,
  InvalidInputError,
  isDisabled,
  messages,
  newRunName,
  now,
  type RunEntity,
  TAGS,
} from "../../core";
import type { TrackingStore } from "../../stores";
import { contextTags, sourceFolder } from "../context-tags";
import { experimentInForce, validateExperimentOf } from "../experiment";
import { type ExperimentChoice, findExperimentNow } from "../experiment-choice";
import { gitCommit } from "../git-commit";
import { flushQueues, inBackground, recordUnopened } from "../recorder";
import type { RecordingStore, RunDraft } from "../recording-store";
import { currentStore } from "../tracking-uri";
import { endImplicitRun } from "./active-run";
import { exitStatus, installExitHooks } from "./exit";
import { OpenRun } from "./open-run";
import { endedFrameRun, explicitRun, implicitRun, noteOpened, pushRun, setImplicitRun } from "./run-stack";
import { type StartRunOptions, tagsOf, validateStartOptions, wantsSystemMetrics } from "./start-options";
import { countTrainings } from "./training-number";

/** Loaded by the first run that is to have them. */
const requireSystemMetrics = () => require("../system-metrics") as typeof import("../system-metrics");

const environment = globalSlot("environment-run", () => ({
  /** What MLFLOW_RUN_ID named when it was followed. */
  followed: undefined as string | undefined,
}));

/**
 * Opens the run that `startRun(options)` asks for, without making it active; an active implicit run ends unless the new one is nested.
 * @throws RUN_ACTIVE when an explicit run is active and `nested` is not set.
 */
export function openExplicitRun(options: StartRunOptions): OpenRun {
  validateStartOptions(options);
  const active = explicitRun();
  if (active && !options.nested) throw new InvalidInputError(messages.runActive(active.id));
  if (active && options.parentRunId && options.parentRunId !== active.id)
    throw new InvalidInputError(messages.parentNotActive(options.parentRunId, active.id));
  const store = currentStore();
  const parentRunId = options.parentRunId ?? (options.nested ? (active ?? implicitRun())?.id : undefined);
  if (!options.nested) endImplicitRun();
  if (options.runId) return resumeRun(store, options.runId, options, { owned: true });
  const inherited = followEnvironment(options);
  if (inherited) return inherited;
  if (options.parentRunId) requireActive(store.getRun(options.parentRunId));
  return createRun(store, options, { explicit: true, parentRunId });
}

/** The run that verbs write to here; opened when there is none. `undefined` when the store cannot be reached: said in one warning. */
export function targetRun(verb: string): OpenRun | undefined {
  const ended = endedFrameRun();
  if (ended) throw new InvalidInputError(messages.runEnded(ended.id, verb));
  return unlessStoreFails(activeOrInherited) ?? openImplicitRun();
}

/** The active run, explicit or implicit, also one that MLFLOW_RUN_ID names. */
export function activeOrInherited(): OpenRun | undefined {
  const explicit = explicitRun();
  if (explicit) return explicit;
  if (endedFrameRun()) return undefined;
  const inherited = followEnvironment({});
  if (!inherited) return implicitRun();
  pushRun(inherited);
  return inherited;
}

/** Opens an implicit run and makes it the process's active one. `undefined` (and one warning) when the store fails. */
export function openImplicitRun(): OpenRun | undefined {
  return unlessStoreFails(() => {
    const run = createRun(currentStore(), {}, { explicit: false });
    setImplicitRun(run);
    return run;
  });
}

function unlessStoreFails<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    recordUnopened(error);
    return undefined;
  }
}

function createRun(
  store: RecordingStore,
  options: StartRunOptions,
  { explicit, parentRunId }: { explicit: boolean; parentRunId?: string },
): OpenRun {
  const choice = experimentInForce({ name: options.experimentName, experimentId: options.experimentId });
  const tags = isDisabled() ? new Map<string, string>() : contextTags();
  if (parentRunId) tags.set(TAGS.parentRun, parentRunId);
  for (const { key, value } of tagsOf(options)) tags.set(key, value);
  const runName = options.runName || tags.get(TAGS.runName) || newRunName();
  tags.set(TAGS.runName, runName);
  const draft: RunDraft = {
    runName,
    userId: tags.get(TAGS.user) ?? "unknown",
    startTime: now(),
    tags: Array.from(tags, ([key, value]) => ({ key, value })),
  };
  const { run: entity, experiment } = store.spool
    ? store.spool.openRun(choice, draft, { mayWait: !explicit })
    : openNow(store, choice, draft);
  const run = toOpenRun(store, entity, experiment, { explicit, owned: true });
  if (isDisabled()) return run;
  noteCommit(run);
  const ending = exitStatus();
  if (ending) run.setStatus(ending);
  if (wantsSystemMetrics(options)) requireSystemMetrics().sampleSystem(run);
  return run;
}

function openNow(store: TrackingStore, choice: ExperimentChoice, draft: RunDraft) {
  const experiment = findExperimentNow(store, choice);
  return { experiment, run: store.createRun({ ...draft, experimentId: experiment.experimentId }) };
}

/** Goes on with a run that is stored, its earlier writes of this process included. */
function resumeRun(
  store: RecordingStore,
  runId: string,
  options: StartRunOptions,
  { owned }: { owned: boolean },
): OpenRun {
  flushQueues();
  const entity = store.getRun(runId);
  requireActive(entity);
  const experiment = store.getExperiment(entity.info.experimentId);
  // What is kept nowhere is in whatever experiment is asked for.
  if (store.kind !== "none")
    validateExperimentOf(runId, experiment, { name: options.experimentName, experimentId: options.experimentId });
  const run = toOpenRun(store, entity, experiment, { explicit: true, owned });
  if (owned) run.setStatus("RUNNING");
  for (const { key, value } of tagsOf(options)) run.tag(key, value);
  if (options.runName) run.tag(TAGS.runName, options.runName);
  if (owned && !isDisabled() && wantsSystemMetrics(options))
    requireSystemMetrics().sampleSystem(run, entity.data.latestMetrics);
  return run;
}

function toOpenRun(
  store: RecordingStore,
  { info, data }: RunEntity,
  experiment: Pick<Experiment, "name">,
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
    trainings: countTrainings(data.tags),
    ...kind,
  });
  if (!isDisabled()) installExitHooks();
  noteOpened(run);
  return run;
}

/** The run that MLFLOW_RUN_ID names, which another process opened and will end: followed once in a process, as MLflow does. */
function followEnvironment(options: StartRunOptions): OpenRun | undefined {
  const runId = process.env.MLFLOW_RUN_ID;
  if (!runId || runId === environment.followed) return undefined;
  try {
    const run = resumeRun(currentStore(), runId, options, { owned: false });
    environment.followed = runId;
    return run;
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== "RESOURCE_DOES_NOT_EXIST") throw cause;
    throw new InvalidInputError(messages.environmentRunNotFound(runId, currentStore().uri), { cause });
  }
}

function requireActive({ info }: RunEntity): void {
  if (info.lifecycleStage === "deleted") throw new InvalidInputError(messages.runDeleted(info.runId));
}

function noteCommit(run: OpenRun): void {
  const folder = sourceFolder();
  if (folder === undefined) return;
  inBackground({
    name: "the git commit",
    owner: run,
    run: () => {
      const commit = gitCommit(folder);
      if (commit) run.tag(TAGS.gitCommit, commit);
    },
  });
}

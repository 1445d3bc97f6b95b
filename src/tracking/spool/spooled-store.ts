import { isOffline, type LoggedModel, messages, newModelId, now, StoreError, type Tag } from "../../core";
import type { MetricSeries, TrackingStore } from "../../stores";
import { type RecordingStore, spooledStores } from "../recording-store";
import { toMetricRecord } from "./metric-record";
import { UNKNOWN_PLACE } from "./operations";
import { Spool } from "./spool";

/**
 * A store that is recorded into through a spool: writes are on this machine's disk when they return, and on the server soon after; what must be known
 * at once is asked over a bridge. The same URI gives the same object.
 *
 * @example openSpooledStore("http://127.0.0.1:5000").spool?.openRun({}, draft, { mayWait: true });
 */
export function openSpooledStore(uri: string): RecordingStore {
  const known = spooledStores.get(uri);
  if (known) return known;
  const store = spooledStore(new Spool({ uri, isOffline: isOffline() }));
  spooledStores.set(uri, store);
  return store;
}

function spooledStore(spool: Spool): RecordingStore {
  const idOf = (id: string): string => spool.confirmed(id)?.id ?? id;
  const ask = (method: string, args: readonly unknown[], isAfterDelivery = false): unknown => {
    if (spool.isOffline) throw new StoreError(messages.offline(method));
    const [first, ...others] = args;
    return spool.bridge.call(method, [typeof first === "string" ? idOf(first) : first, ...others], isAfterDelivery);
  };
  /** The operations that answer what the server says. */
  const asked = <Method extends keyof TrackingStore>(method: Method, isAfterDelivery = false) =>
    ((...args: unknown[]) => ask(method, args, isAfterDelivery)) as unknown as TrackingStore[Method];
  return {
    kind: "spool",
    uri: spool.uri,
    spool,
    createExperiment: asked("createExperiment"),
    getExperiment: asked("getExperiment"),
    getExperimentByName: asked("getExperimentByName"),
    searchExperiments: asked("searchExperiments"),
    renameExperiment: asked("renameExperiment"),
    deleteExperiment: asked("deleteExperiment"),
    restoreExperiment: asked("restoreExperiment"),
    setExperimentTag: (experimentId, tag) => spool.tagExperiment({ experimentId }, [tag]),
    deleteExperimentTag: asked("deleteExperimentTag"),
    createRun: ({ experimentId, ...draft }) => spool.openRun({ experimentId }, draft, { mayWait: false }).run,
    getRun: asked("getRun", true),
    searchRuns: asked("searchRuns", true),
    deleteRun: asked("deleteRun", true),
    restoreRun: asked("restoreRun", true),
    getMetricHistory: asked("getMetricHistory", true),
    ...runWrites(spool),
    ...modelWrites(spool),
    claimTag: claims(spool, (runId, tag) => ask("claimTag", [runId, tag]) as boolean),
    getLoggedModel: asked("getLoggedModel", true),
    searchLoggedModels: asked("searchLoggedModels", true),
    deleteLoggedModel: asked("deleteLoggedModel", true),
    deleteLoggedModelTag: asked("deleteLoggedModelTag", true),
    logLoggedModelParams: asked("logLoggedModelParams", true),
  };
}

type RunWrite = "updateRun" | "logBatch" | "deleteTag" | "logInputs" | "logOutputs";

function runWrites(spool: Spool): Pick<TrackingStore, RunWrite> {
  return {
    updateRun: (run, change) => spool.append({ op: "updateRun", run, change }),
    logBatch: (run, { metrics = [], params = [], tags = [] }) => {
      if (params.length + tags.length > 0) spool.append({ op: "batch", run, params, tags });
      for (const series of metrics) appendSeries(spool, run, series);
    },
    deleteTag: (run, key) => spool.append({ op: "deleteTag", run, key }),
    logInputs: (run, { datasets = [], models = [] }) => spool.append({ op: "logInputs", run, datasets, models }),
    logOutputs: (run, models) => spool.append({ op: "logOutputs", run, models }),
  };
}

function appendSeries(spool: Spool, run: string, series: MetricSeries): void {
  const { operation, payload } = toMetricRecord(run, series);
  spool.append(operation, payload);
}

type ModelWrite = "createLoggedModel" | "finalizeLoggedModel" | "setLoggedModelTags";

function modelWrites(spool: Spool): Pick<TrackingStore, ModelWrite> {
  return {
    // Where its files lie the store decides, which alone knows where its run's are.
    createLoggedModel: ({ experimentId, name, sourceRunId, modelType, params, tags }) => {
      const model = newModelId();
      spool.newModel(model);
      const run = sourceRunId;
      const rest = { name, modelType, params, tags };
      spool.append({ op: "createModel", model, run, experiment: { experimentId }, ...rest });
      return pendingModel({ modelId: model, experimentId, name, sourceRunId, modelType });
    },
    finalizeLoggedModel: (model, status) => {
      spool.append({ op: "finishModel", model, status });
      return pendingModel({ modelId: model, experimentId: "", name: "", status });
    },
    setLoggedModelTags: (model, tags) => spool.append({ op: "tagModel", model, tags }),
  };
}

function pendingModel(
  model: Pick<LoggedModel, "modelId" | "experimentId" | "name"> & Partial<LoggedModel>,
): LoggedModel {
  const time = now();
  return {
    artifactLocation: `${UNKNOWN_PLACE}${model.modelId}`,
    creationTimestamp: time,
    lastUpdatedTimestamp: time,
    status: "PENDING",
    lifecycleStage: "active",
    params: {},
    tags: {},
    metrics: [],
    ...model,
  };
}

/** A run of which the server alone knows who else writes it is asked for there; when that does not answer, the tag is ours. */
function claims(spool: Spool, ask: (runId: string, tag: Tag) => boolean): TrackingStore["claimTag"] {
  const claimed = new Set<string>();
  return (run, tag) => {
    const place = `${run}/${tag.key}`;
    if (claimed.has(place)) return false;
    claimed.add(place);
    if (!spool.isOffline && !spool.isProvisional(run) && !spool.isOwn(run))
      try {
        return ask(run, tag);
      } catch {
        // The tag is set when the server answers again.
      }
    spool.append({ op: "batch", run, tags: [tag] });
    return true;
  };
}

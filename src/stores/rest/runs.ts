import { type DatasetInput, LIMITS, type ModelInput, randomUuid } from "../../core";
import type { RemoteTrackingStore } from "../tracking-store";
import { RUN_KEY } from "../run-key";
import { toBodies } from "./batches";
import type { Connection } from "./connection";
import { toPage } from "./to-page";
import { toMetric, toRun, type WireMetric, type WireRun } from "./wire";

type RunOperation = Exclude<
  keyof RemoteTrackingStore,
  `${string}Experiment${string}` | `${string}LoggedModel${string}` | "kind" | "uri" | "isRemote"
>;

interface RunPage {
  readonly runs?: WireRun[];
  readonly next_page_token?: string;
}

/** The server's operations on runs. */
export function runOperations({ call }: Connection): Pick<RemoteTrackingStore, RunOperation> {
  const getRun = async (runId: string) =>
    toRun((await call<{ run: WireRun }>("GET", "runs/get", { run_id: runId })).run);
  const findByKey = async (experimentId: string, key: string) => {
    const page = await call<RunPage>("POST", "runs/search", {
      experiment_ids: [experimentId],
      filter: `tags.\`${RUN_KEY}\` = '${key}'`,
      run_view_type: "ALL",
      max_results: 1,
    });
    return page.runs?.[0] && { run: page.runs[0] };
  };
  return {
    createRun: async ({ experimentId, runName, userId, startTime, tags }) => {
      const given = tags.find(({ key }) => key === RUN_KEY)?.value;
      const key = given ?? randomUuid();
      const all = given === undefined ? [...tags, { key: RUN_KEY, value: key }] : tags;
      const body = {
        experiment_id: experimentId,
        user_id: userId,
        run_name: runName,
        start_time: startTime,
        tags: all,
      };
      const beforeRetry = () => findByKey(experimentId, key);
      return toRun((await call<{ run: WireRun }>("POST", "runs/create", body, { beforeRetry })).run);
    },
    getRun,
    searchRuns: async (experimentIds, { filter, orderBy, pageToken, viewType, maxResults }) => {
      if (experimentIds.length === 0) return { items: [] };
      const page = await call<RunPage>("POST", "runs/search", {
        experiment_ids: experimentIds,
        filter,
        order_by: orderBy,
        page_token: pageToken,
        run_view_type: viewType ?? "ACTIVE_ONLY",
        max_results: maxResults ?? LIMITS.searchDefaultResults,
      });
      return toPage((page.runs ?? []).map(toRun), page.next_page_token);
    },
    updateRun: async (runId, { status, endTime, runName }) => {
      await call("POST", "runs/update", { run_id: runId, status, end_time: endTime, run_name: runName });
    },
    deleteRun: async (runId) => {
      await call("POST", "runs/delete", { run_id: runId });
    },
    restoreRun: async (runId) => {
      await call("POST", "runs/restore", { run_id: runId });
    },
    logBatch: async (runId, batch) => {
      for (const body of toBodies(runId, batch)) await call("POST", "runs/log-batch", body);
    },
    claimTag: async (runId, { key, value }) => {
      // Other servers than ours know no `if_absent` and set it anyway: of two at the same moment both believe that they have it.
      if (Object.hasOwn((await getRun(runId)).data.tags, key)) return false;
      const body = { run_id: runId, key, value, if_absent: true };
      return (await call<{ is_set?: boolean }>("POST", "runs/set-tag", body)).is_set ?? true;
    },
    deleteTag: async (runId, key) => {
      await call("POST", "runs/delete-tag", { run_id: runId, key });
    },
    getMetricHistory: async (runId, key, options = {}) => {
      const page = await call<{ metrics?: WireMetric[]; next_page_token?: string }>("GET", "metrics/get-history", {
        run_id: runId,
        metric_key: key,
        max_results: options.maxResults,
        page_token: options.pageToken,
      });
      // Servers leave out the run that was asked for.
      return toPage(
        (page.metrics ?? []).map((metric) => ({ ...toMetric(metric), runId })),
        page.next_page_token,
      );
    },
    logInputs: async (runId, { datasets = [], models = [] }) => {
      await call("POST", "runs/log-inputs", {
        run_id: runId,
        datasets: datasets.map(toWireInput),
        models: models.map(toWireModel),
      });
    },
    logOutputs: async (runId, models) => {
      await call("POST", "runs/outputs", {
        run_id: runId,
        models: models.map(({ modelId, step }) => ({ model_id: modelId, step })),
      });
    },
  };
}

const toWireModel = ({ modelId }: ModelInput) => ({ model_id: modelId });

const toWireInput = ({ dataset: { sourceType, ...dataset }, tags }: DatasetInput) => ({
  dataset: { ...dataset, source_type: sourceType },
  tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
});

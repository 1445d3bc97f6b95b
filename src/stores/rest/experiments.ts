import { LIMITS } from "../../core";
import type { RemoteTrackingStore } from "../tracking-store";
import { type Connection, isMissing } from "./connection";
import { toPage } from "./to-page";
import { toExperiment, type WireExperiment } from "./wire";

type ExperimentOperation = Extract<keyof RemoteTrackingStore, `${string}Experiment${string}`>;

/** The server's operations on experiments. */
export function experimentOperations({ call }: Connection): Pick<RemoteTrackingStore, ExperimentOperation> {
  const find = async (name: string) => {
    try {
      const query = { experiment_name: name };
      const { experiment } = await call<{ experiment: WireExperiment }>("GET", "experiments/get-by-name", query);
      return toExperiment(experiment);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  return {
    createExperiment: async (name, options = {}) => {
      const body = { name, artifact_location: options.artifactLocation, tags: options.tags };
      const { experiment_id: id } = await call<{ experiment_id: string }>("POST", "experiments/create", body, {
        // Whoever has made it: an experiment is its name.
        beforeRetry: async () => {
          const found = await find(name);
          return found && { experiment_id: found.experimentId };
        },
      });
      return id;
    },
    getExperiment: async (experimentId) => {
      const query = { experiment_id: experimentId };
      return toExperiment((await call<{ experiment: WireExperiment }>("GET", "experiments/get", query)).experiment);
    },
    getExperimentByName: find,
    searchExperiments: async ({ filter, orderBy, pageToken, viewType, maxResults = LIMITS.searchDefaultResults }) => {
      const page = await call<{ experiments?: WireExperiment[]; next_page_token?: string }>(
        "POST",
        "experiments/search",
        {
          filter,
          order_by: orderBy,
          page_token: pageToken,
          view_type: viewType ?? "ACTIVE_ONLY",
          max_results: maxResults,
        },
      );
      return toPage((page.experiments ?? []).map(toExperiment), page.next_page_token);
    },
    renameExperiment: async (experimentId, name) => {
      await call("POST", "experiments/update", { experiment_id: experimentId, new_name: name });
    },
    deleteExperiment: async (experimentId) => {
      await call("POST", "experiments/delete", { experiment_id: experimentId });
    },
    restoreExperiment: async (experimentId) => {
      await call("POST", "experiments/restore", { experiment_id: experimentId });
    },
    setExperimentTag: async (experimentId, tag) => {
      await call("POST", "experiments/set-experiment-tag", { experiment_id: experimentId, ...tag });
    },
    deleteExperimentTag: async (experimentId, key) => {
      await call("POST", "experiments/delete-experiment-tag", { experiment_id: experimentId, key });
    },
  };
}

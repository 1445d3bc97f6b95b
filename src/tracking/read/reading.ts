import { type Experiment, InvalidInputError, type LoggedModel, messages, nearest, validateOptions } from "../../core";
import { TrackingClient, type PagedList, type SearchLoggedModelsOptions, type SearchOptions } from "../client";
import { activeExperiment } from "../experiment";
import { settleJobs } from "../recorder";
import { currentReadingStore } from "../tracking-uri";
import type { Run, RunList } from "../found-runs";

/** Which runs `searchRuns` looks at, and how. */
export interface SearchRunsQuery extends SearchOptions {
  /** @default the experiment chosen by `setExperiment`, else the default one */
  readonly experimentNames?: readonly string[];
  readonly experimentIds?: readonly string[];
}

/** How `searchLoggedModels` looks. */
export interface SearchLoggedModelsQuery extends SearchLoggedModelsOptions {
  /** @default the experiment chosen by `setExperiment`, else the default one */
  readonly experimentIds?: readonly string[];
}

/**
 * Finds runs, newest first unless `orderBy` says otherwise. Sees everything that this process has logged.
 *
 * Rejects with INVALID_PARAMETER_VALUE for a filter that cannot be understood, and RESOURCE_DOES_NOT_EXIST for an experiment's name that is none.
 *
 * @example await searchRuns({ filter: "metrics.loss < 0.1 AND params.optimizer = 'adam'", orderBy: ["metrics.loss"] });
 */
export async function searchRuns(query: SearchRunsQuery = {}): Promise<RunList> {
  validateOptions("searchRuns", query, [
    "experimentNames",
    "experimentIds",
    "filter",
    "orderBy",
    "maxResults",
    "pageToken",
    "viewType",
  ]);
  const { experimentNames, experimentIds, ...options } = query;
  const client = readingClient();
  const named = await Promise.all((experimentNames ?? []).map((name) => idOf(client, name)));
  const ids = experimentIds || experimentNames ? [...(experimentIds ?? []), ...named] : await activeIds();
  return client.searchRuns(ids, options);
}

/** Finds experiments, the newest first unless `orderBy` says otherwise. */
export const searchExperiments = (options?: SearchOptions): Promise<PagedList<Experiment>> =>
  readingClient().searchExperiments(options);

/** Finds logged models, the newest first. */
export async function searchLoggedModels(query: SearchLoggedModelsQuery = {}): Promise<PagedList<LoggedModel>> {
  const { experimentIds, ...options } = query;
  return readingClient().searchLoggedModels(experimentIds ?? (await activeIds()), options);
}

/** A run with its latest metrics, params, tags, inputs and outputs. Rejects with RESOURCE_DOES_NOT_EXIST. */
export const getRun = (runId: string): Promise<Run> => readingClient().getRun(runId);

/** An experiment by its id. Rejects with RESOURCE_DOES_NOT_EXIST. */
export const getExperiment = (experimentId: string): Promise<Experiment> => readingClient().getExperiment(experimentId);

/** An experiment by its name; `undefined` when there is none. */
export const getExperimentByName = (name: string): Promise<Experiment | undefined> =>
  readingClient().getExperimentByName(name);

/** A client that sees all that was logged so far, the work that was put off included. */
export function readingClient(): TrackingClient {
  settleJobs();
  return new TrackingClient();
}

async function idOf(client: TrackingClient, name: string): Promise<string> {
  const experiment = await client.getExperimentByName(name);
  if (experiment) return experiment.experimentId;
  const known = (await client.searchExperiments({ viewType: "ALL" })).map((other) => other.name);
  throw new InvalidInputError(messages.experimentNotFound(name, nearest(name, known)));
}

async function activeIds(): Promise<string[]> {
  const experiment = await activeExperiment(currentReadingStore());
  return experiment ? [experiment.experimentId] : [];
}

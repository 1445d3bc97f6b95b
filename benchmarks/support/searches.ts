import { LARGE_EXPERIMENT, SMALL_EXPERIMENT } from "./many-runs";

/** A search among the runs of many-runs.ts. */
export interface Search {
  readonly name: string;
  readonly experiment?: string;
  readonly query: {
    readonly filter?: string;
    readonly orderBy?: readonly string[];
    readonly maxResults?: number;
    /** How many runs stand before the page. */
    readonly offset?: number;
  };
}

/** Every kind of search: what a page shows first, and what has to look at many runs. */
export const SEARCHES: readonly Search[] = [
  { name: "default order", query: {} },
  { name: "default order, page of 1,000", query: { maxResults: 1000 } },
  { name: "default order, behind 5,000 runs", query: { offset: 5000 } },
  {
    name: "selective: two metrics and a param, by a metric",
    query: {
      filter: "metrics.loss < 0.005 AND metrics.f1 > 0.2 AND params.optimizer = 'adam'",
      orderBy: ["metrics.val_loss ASC"],
    },
  },
  {
    name: "wide: two metrics and a param, by a metric",
    query: {
      filter: "metrics.loss < 0.5 AND metrics.f1 > 0.2 AND params.optimizer = 'adam'",
      orderBy: ["metrics.val_loss ASC"],
    },
  },
  { name: "by a metric", query: { orderBy: ["metrics.auc DESC"] } },
  { name: "by a metric that few have", query: { orderBy: ["metrics.rare ASC"] } },
  { name: "by a metric, behind 5,000 runs", query: { orderBy: ["metrics.auc DESC"], offset: 5000 } },
  { name: "by a param", query: { orderBy: ["params.lr DESC"] } },
  { name: "by a tag", query: { orderBy: ["tags.team ASC"] } },
  { name: "by the end time", query: { orderBy: ["end_time ASC"] } },
  { name: "by the run's name", query: { orderBy: ["run_name ASC"] } },
  { name: "a wide metric, newest first", query: { filter: "metrics.loss < 0.5" } },
  { name: "a wide metric and a param, newest first", query: { filter: "metrics.loss > 0.5 AND params.layers = '3'" } },
  { name: "a metric that nothing meets, newest first", query: { filter: "metrics.loss > 2" } },
  {
    name: "two metrics that no run meets both",
    query: { filter: "metrics.loss < 0.4 AND metrics.acc < 0.4", orderBy: ["metrics.val_loss ASC"] },
  },
  { name: "one run by a param", query: { filter: "params.seed = '4711'" } },
  { name: "params LIKE, many", query: { filter: "params.lr LIKE '%77%'" } },
  { name: "params LIKE, few", query: { filter: "params.seed LIKE '4711%'" } },
  { name: "params LIKE, none", query: { filter: "params.lr LIKE '%x%'" } },
  { name: "params ILIKE, none", query: { filter: "params.lr ILIKE '%x%'", orderBy: ["metrics.loss ASC"] } },
  { name: "a tag that many have", query: { filter: "tags.team = 'team 7'" } },
  { name: "a tag that few have", query: { filter: "tags.release = 'yes'" } },
  {
    name: "two tags, by a metric",
    query: { filter: "tags.team = 'team 7' AND tags.`mlflow.user` = 'user3'", orderBy: ["metrics.loss ASC"] },
  },
  { name: "status", query: { filter: "attributes.status = 'FAILED'" } },
  {
    name: "status and a metric, by a metric",
    query: { filter: "attributes.status = 'FAILED' AND metrics.f1 > 0.9", orderBy: ["metrics.f1 DESC"] },
  },
  { name: "the run's name LIKE, none", query: { filter: "attributes.run_name LIKE '%no such%'" } },
  { name: "small experiment, default order", experiment: SMALL_EXPERIMENT, query: {} },
  { name: "small experiment, by a metric", experiment: SMALL_EXPERIMENT, query: { orderBy: ["metrics.auc DESC"] } },
  {
    name: "small experiment, two metrics and a param, by a metric",
    experiment: SMALL_EXPERIMENT,
    query: {
      filter: "metrics.loss < 0.5 AND metrics.f1 > 0.2 AND params.optimizer = 'adam'",
      orderBy: ["metrics.val_loss ASC"],
    },
  },
  {
    name: "small experiment, params LIKE, none",
    experiment: SMALL_EXPERIMENT,
    query: { filter: "params.lr LIKE '%x%'" },
  },
];

/** Searches that only we answer: MLflow's filters have neither OR nor NOT. */
export const OUR_SEARCHES: readonly Search[] = [
  { name: "OR", query: { filter: "metrics.loss < 0.001 OR tags.release = 'yes'", orderBy: ["metrics.val_loss ASC"] } },
  { name: "NOT", query: { filter: "NOT (params.optimizer = 'adam' OR metrics.loss > 0.001)" } },
  { name: "a tag that is missing", query: { filter: "tags.`mlflow.source.type` IS NULL" } },
];

/** The experiment that a search is for. */
export const experimentOf = ({ experiment = LARGE_EXPERIMENT }: Search): string => experiment;

/** What the database is filled with, by its ids. */
export interface Filled {
  readonly wine: string;
  readonly gone: string;
  readonly runs: readonly string[];
  readonly models: readonly string[];
}

/** A request that changes nothing. */
export interface ReadRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: object;
}

interface NamedRequest {
  readonly name: string;
  of(filled: Filled): ReadRequest;
}

const API = "/api/2.0/mlflow";
type Query = Readonly<Record<string, string | readonly string[]>>;

const get = (path: string, query: Query = {}, prefix = API): ReadRequest => {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one): [string, string] => [name, one]),
  );
  return { method: "GET", path: `${prefix}/${path}?${new URLSearchParams(pairs).toString()}` };
};
const post = (path: string, body: object): ReadRequest => ({ method: "POST", path: `${API}/${path}`, body });

const named = (name: string, of: (filled: Filled) => ReadRequest): NamedRequest => ({ name, of });

const RUN_FILTERS = [
  "",
  "metrics.loss < 0.2",
  "metrics.`val/acc` >= 0.6",
  "metrics.nan != 0",
  "metrics.inf > 1e300",
  "params.opt = 'adam'",
  "params.opt LIKE 's%'",
  "params.opt ILIKE 'ADAM'",
  "params.nothing IS NULL",
  "tags.stage = 'dev' AND params.lr != '0.0'",
  "tags.k IS NOT NULL",
  "attributes.status = 'FINISHED'",
  "status != 'FINISHED'",
  "run_name LIKE 'run%'",
  "start_time > 1700000000002",
  "end_time < 1700000100002",
  "user_id = 'me'",
  "dataset.name = 'data1'",
  "dataset.name LIKE 'data%' AND dataset.context = 'train'",
  "dataset.digest IN ('d1', 'd2')",
  "metrics.nothing > 0",
  "metrics.loss",
  "foo = 'x'",
  "params.lr > '0'",
  "metrics.loss > 1 OR metrics.loss < 0",
];
const RUN_ORDERS = [
  [],
  ["start_time ASC"],
  ["metrics.loss DESC"],
  ["metrics.nan ASC"],
  ["metrics.acc ASC"],
  ["params.opt ASC", "start_time DESC"],
  ["tags.k DESC"],
  ["attributes.end_time ASC"],
  ["status ASC", "start_time ASC"],
  ["run_name DESC"],
  ["metrics.loss UP"],
  ["foo"],
];
const EXPERIMENT_FILTERS = [
  "",
  "name = 'wine'",
  "name LIKE 'w%'",
  "tags.team = 'red'",
  "tags.team IS NULL",
  "foo = 'x'",
];
const MODEL_FILTERS = [
  "",
  "name = 'net1'",
  "name LIKE 'net%'",
  "params.p = '2'",
  "tags.t != '0'",
  "metrics.acc > 0.55",
  "model_type = 'cls'",
  "foo.bar = 'x'",
];
const REGISTERED_FILTERS = ["", "name = 'wine'", "name ILIKE 'W%'", "tags.a = '1'", "foo = 'x'"];
const VERSION_FILTERS = ["", "name = 'wine'", "version_number > 1", "tags.v = '2'", "foo = 'x'"];

/** A hundred requests and more, of every kind that reads. */
export const REQUESTS: readonly NamedRequest[] = [
  ...["wine", "gone", "nothing"].flatMap((name) => [
    named(`experiments/get-by-name ${name}`, () => get("experiments/get-by-name", { experiment_name: name })),
  ]),
  named("experiments/get", ({ wine }) => get("experiments/get", { experiment_id: wine })),
  named("experiments/get of a deleted one", ({ gone }) => get("experiments/get", { experiment_id: gone })),
  named("experiments/get of the default one", () => get("experiments/get", { experiment_id: "0" })),
  named("experiments/get of none", () => get("experiments/get", { experiment_id: "98765" })),
  named("experiments/get without an id", () => get("experiments/get")),
  ...EXPERIMENT_FILTERS.map((filter) =>
    named(`experiments/search ${filter}`, () => post("experiments/search", { filter, max_results: 100 })),
  ),
  ...["ACTIVE_ONLY", "DELETED_ONLY", "ALL"].map((view_type) =>
    named(`experiments/search ${view_type}`, () => get("experiments/search", { view_type, max_results: "100" })),
  ),
  named("experiments/search, a page", () => post("experiments/search", { max_results: 1, order_by: ["name ASC"] })),
  named("experiments/search without a count", () => post("experiments/search", {})),
  ...[0, 1, 2, 3, 4, 5].map((k) => named(`runs/get ${k}`, ({ runs }) => get("runs/get", { run_id: runs[k] ?? "" }))),
  named("runs/get by its old name", ({ runs }) => get("runs/get", { run_uuid: runs[0] ?? "" })),
  named("runs/get of none", () => get("runs/get", { run_id: "0".repeat(32) })),
  named("runs/get without an id", () => get("runs/get")),
  ...RUN_FILTERS.map((filter) =>
    named(`runs/search ${filter}`, ({ wine }) => post("runs/search", { experiment_ids: [wine], filter })),
  ),
  ...RUN_ORDERS.map((order_by) =>
    named(`runs/search by ${order_by.join()}`, ({ wine }) => post("runs/search", { experiment_ids: [wine], order_by })),
  ),
  ...["ACTIVE_ONLY", "DELETED_ONLY", "ALL"].map((run_view_type) =>
    named(`runs/search ${run_view_type}`, ({ wine }) => post("runs/search", { experiment_ids: [wine], run_view_type })),
  ),
  named("runs/search, a page", ({ wine }) => post("runs/search", { experiment_ids: [wine], max_results: 2 })),
  named("runs/search of no experiment", () => post("runs/search", { experiment_ids: [] })),
  named("runs/search of an unknown one", () => post("runs/search", { experiment_ids: ["98765"] })),
  named("runs/search with a bad token", ({ wine }) =>
    post("runs/search", { experiment_ids: [wine], page_token: "%%%" }),
  ),
  ...["loss", "nan", "inf", "val/acc", "nothing"].map((metric_key) =>
    named(`metrics/get-history ${metric_key}`, ({ runs }) =>
      get("metrics/get-history", { run_id: runs[1] ?? "", metric_key }),
    ),
  ),
  named("metrics/get-history, a page", ({ runs }) =>
    get("metrics/get-history", { run_id: runs[1] ?? "", metric_key: "loss", max_results: "7" }),
  ),
  named("metrics/get-history-bulk-interval", ({ runs }) =>
    get("metrics/get-history-bulk-interval", { run_ids: runs.slice(0, 3), metric_key: "loss", max_results: "100" }),
  ),
  named("metrics/get-history-bulk-interval, a window", ({ runs }) =>
    get("metrics/get-history-bulk-interval", {
      run_ids: runs.slice(0, 2),
      metric_key: "loss",
      start_step: "5",
      end_step: "9",
    }),
  ),
  named("experiments/search-datasets", ({ wine }) => ({
    ...post("experiments/search-datasets", { experiment_ids: [wine] }),
    path: "/ajax-api/2.0/mlflow/experiments/search-datasets",
  })),
  ...[0, 1, 2].map((k) => named(`logged-models ${k}`, ({ models }) => get(`logged-models/${models[k]}`))),
  named("logged-models of none", () => get(`logged-models/m-${"0".repeat(32)}`)),
  ...MODEL_FILTERS.map((filter) =>
    named(`logged-models/search ${filter}`, ({ wine }) =>
      post("logged-models/search", { experiment_ids: [wine], filter }),
    ),
  ),
  named("logged-models/search by a metric", ({ wine }) =>
    post("logged-models/search", {
      experiment_ids: [wine],
      order_by: [{ field_name: "metrics.acc", ascending: false }],
    }),
  ),
  named("registered-models/get", () => get("registered-models/get", { name: "wine" })),
  named("registered-models/get without versions", () => get("registered-models/get", { name: "empty" })),
  named("registered-models/get of none", () => get("registered-models/get", { name: "nothing" })),
  ...REGISTERED_FILTERS.map((filter) =>
    named(`registered-models/search ${filter}`, () => get("registered-models/search", { filter })),
  ),
  named("registered-models/get-latest-versions", () => get("registered-models/get-latest-versions", { name: "wine" })),
  named("registered-models/get-latest-versions in a stage", () =>
    post("registered-models/get-latest-versions", { name: "wine", stages: ["Production"] }),
  ),
  named("registered-models/alias", () => get("registered-models/alias", { name: "wine", alias: "champion" })),
  named("registered-models/alias of none", () => get("registered-models/alias", { name: "wine", alias: "nobody" })),
  ...["1", "2", "3", "9"].map((version) =>
    named(`model-versions/get ${version}`, () => get("model-versions/get", { name: "wine", version })),
  ),
  named("model-versions/get-download-uri", () =>
    get("model-versions/get-download-uri", { name: "wine", version: "1" }),
  ),
  ...VERSION_FILTERS.map((filter) =>
    named(`model-versions/search ${filter}`, () => get("model-versions/search", { filter, max_results: "100" })),
  ),
  named("artifacts/list of none", ({ runs }) => get("artifacts/list", { run_id: runs[0] ?? "" })),
  named("artifacts/list, steps up", ({ runs }) => get("artifacts/list", { run_id: runs[0] ?? "", path: "../x" })),
];

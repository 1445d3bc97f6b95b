type Query = Readonly<Record<string, string | undefined>>;

/** The addresses of pages, MLflow's without the `#`. */
export class Addresses {
  /** What stands before every path: nothing, or `/x`. */
  readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  home(): string {
    return `${this.prefix}/`;
  }

  experiments(query: Query): string {
    return withQuery(`${this.prefix}/experiments`, query);
  }

  models(query: Query): string {
    return withQuery(`${this.prefix}/models`, query);
  }

  experiment(id: string, query: Query = {}): string {
    return withQuery(`${this.prefix}/experiments/${encodeURIComponent(id)}`, query);
  }

  run(experimentId: string, runId: string, path?: string): string {
    return withPath(`${this.experiment(experimentId)}/runs/${encodeURIComponent(runId)}`, path);
  }

  /** A run's page with the charts from a position on. */
  runCharts(experimentId: string, runId: string, query: Query): string {
    return withQuery(this.run(experimentId, runId), query);
  }

  loggedModel(experimentId: string, modelId: string, path?: string): string {
    return withPath(`${this.experiment(experimentId)}/models/${encodeURIComponent(modelId)}`, path);
  }

  compare(runIds: readonly string[] = [], query: Query = {}): string {
    const runs = new URLSearchParams(runIds.map((id): [string, string] => ["run", id]));
    for (const [name, value] of Object.entries(query)) if (value) runs.set(name, value);
    return `${this.prefix}/compare-runs${runs.size === 0 ? "" : `?${runs.toString()}`}`;
  }

  model(name: string, query: Query = {}): string {
    return withQuery(`${this.prefix}/models/${encodeURIComponent(name)}`, query);
  }

  version(name: string, version: number): string {
    return `${this.model(name)}/versions/${version}`;
  }

  modelFile(modelId: string, path: string): string {
    const own = `${this.prefix}/ajax-api/2.0/mlflow/logged-models/${encodeURIComponent(modelId)}/artifacts/files`;
    return withQuery(own, { artifact_file_path: path });
  }

  file(runId: string, path: string): string {
    return withQuery(`${this.prefix}/get-artifact`, { run_id: runId, path });
  }
}

/** The page of artifacts below a page. */
const withPath = (own: string, path: string | undefined): string =>
  path === undefined ? own : `${own}/artifacts${path === "" ? "" : "/"}${encodePath(path)}`;

const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => (entry[1] ?? "") !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

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
    const own = `${this.experiment(experimentId)}/runs/${encodeURIComponent(runId)}`;
    return path === undefined ? own : `${own}/artifacts${path === "" ? "" : "/"}${encodePath(path)}`;
  }

  compare(): string {
    return `${this.prefix}/compare-runs`;
  }

  model(name: string, query: Query = {}): string {
    return withQuery(`${this.prefix}/models/${encodeURIComponent(name)}`, query);
  }

  version(name: string, version: number): string {
    return `${this.model(name)}/versions/${version}`;
  }

  file(runId: string, path: string): string {
    return withQuery(`${this.prefix}/get-artifact`, { run_id: runId, path });
  }
}

const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => (entry[1] ?? "") !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

/** The addresses of pages, MLflow's without the `#`. */
export class Addresses {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  experiments(query: Readonly<Record<string, string | undefined>>): string {
    return withQuery(`${this.#prefix}/experiments`, query);
  }

  models(query: Readonly<Record<string, string | undefined>>): string {
    return withQuery(`${this.#prefix}/models`, query);
  }

  experiment(id: string, query: Readonly<Record<string, string | undefined>> = {}): string {
    return withQuery(`${this.#prefix}/experiments/${encodeURIComponent(id)}`, query);
  }

  run(experimentId: string, runId: string, path?: string): string {
    const own = `${this.experiment(experimentId)}/runs/${encodeURIComponent(runId)}`;
    return path === undefined ? own : `${own}/artifacts${path === "" ? "" : "/"}${encodePath(path)}`;
  }

  compare(): string {
    return `${this.#prefix}/compare-runs`;
  }

  model(name: string): string {
    return `${this.#prefix}/models/${encodeURIComponent(name)}`;
  }

  version(name: string, version: number): string {
    return `${this.model(name)}/versions/${version}`;
  }

  file(runId: string, path: string): string {
    return withQuery(`${this.#prefix}/get-artifact`, { run_id: runId, path });
  }
}

const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => (entry[1] ?? "") !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

import { expect } from "vitest";

const API = "/api/2.0/mlflow";

/** What a server has answered that is not what was asked for. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Asks a server's API by POST. Rejects with {@link Refused}, or with whatever the connection meets. */
export async function post<T>(url: string, path: string, body: object): Promise<T> {
  const response = await fetch(`${url}${API}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  const { error_code = "", message = text } = JSON.parse(text) as { error_code?: string; message?: string };
  throw new Refused(response.status, error_code, message);
}

/** An experiment with as many runs; their ids. */
export async function createRuns(url: string, count: number): Promise<string[]> {
  const { experiment_id } = await post<{ experiment_id: string }>(url, "experiments/create", { name: "many writers" });
  const create = () => post<{ run: { info: { run_id: string } } }>(url, "runs/create", { experiment_id });
  return (await Promise.all(Array.from({ length: count }, create))).map(({ run }) => run.info.run_id);
}

/** Writes the point of a step, whose value and time are the step as well. */
export const writePoint = (url: string, runId: string, step: number): Promise<unknown> =>
  post(url, "runs/log-metric", { run_id: runId, key: "m", value: step, timestamp: step, step });

/** The steps of the points that a run has. */
export async function storedSteps(url: string, runId: string): Promise<number[]> {
  const response = await fetch(`${url}${API}/metrics/get-history?run_id=${runId}&metric_key=m`);
  const { metrics = [] } = (await response.json()) as { metrics?: { step: number; value: number }[] };
  expect(metrics.every(({ step, value }) => step === value)).toBe(true);
  return metrics.map(({ step }) => step);
}

/** That all that was acknowledged is stored, and nothing twice. */
export async function expectStored(url: string, logs: ReadonlyMap<string, readonly number[]>): Promise<void> {
  for (const [runId, acknowledged] of logs) {
    const stored = await storedSteps(url, runId);
    const found = new Set(stored);
    expect(acknowledged.filter((step) => !found.has(step))).toEqual([]);
    expect(found.size).toBe(stored.length);
  }
}

import { expect, test } from "vitest";
import { type StartedProgram, startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 20);
const WRITERS = 50;
const API = "/api/2.0/mlflow";

const post = async (url: string, path: string, body: object): Promise<unknown> => {
  const response = await fetch(`${url}${API}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
};

async function createRuns(url: string): Promise<string[]> {
  const { experiment_id } = (await post(url, "experiments/create", { name: "killed" })) as { experiment_id: string };
  const created = Array.from({ length: WRITERS }, () => post(url, "runs/create", { experiment_id }));
  return (await Promise.all(created)).map(
    (answer) => (answer as { run: { info: { run_id: string } } }).run.info.run_id,
  );
}

/** Writes points one by one until the server is gone; `acknowledged` is told each that it has answered. */
async function write(url: string, runId: string, first: number, acknowledged: (step: number) => void): Promise<void> {
  for (let step = first; ; step++) {
    try {
      await post(url, "runs/log-metric", { run_id: runId, key: "m", value: step, timestamp: step, step });
    } catch {
      return;
    }
    acknowledged(step);
  }
}

async function storedSteps(url: string, runId: string): Promise<number[]> {
  const response = await fetch(`${url}${API}/metrics/get-history?run_id=${runId}&metric_key=m`);
  const { metrics = [] } = (await response.json()) as { metrics?: { step: number; value: number }[] };
  expect(metrics.every(({ step, value }) => step === value)).toBe(true);
  return metrics.map(({ step }) => step);
}

test.each([["./runs"], ["sqlite:///runs.db"]])(
  `of what ${WRITERS} writers were told is stored, nothing is missing and nothing twice when the server is killed ${ROUNDS} times: %s`,
  async (uri) => {
    const folder = temporaryFolder();
    const start = (): Promise<StartedProgram> =>
      startProgram(folder, ["server", "--backend-store-uri", uri, "-p", "0"]);
    const logs = new Map<string, number[]>();
    for (let round = 0; round < ROUNDS; round++) {
      const server = await start();
      if (round === 0) for (const runId of await createRuns(server.url)) logs.set(runId, []);
      const enough = 40 + Math.floor(Math.random() * 300);
      let count = 0;
      const writers = [...logs].map(([runId, log]) =>
        write(server.url, runId, round * 1_000_000, (step) => {
          log.push(step);
          if (++count === enough) server.kill("SIGKILL");
        }),
      );
      await Promise.all(writers);
      await server.ended;
      expect(count).toBeGreaterThanOrEqual(enough);
    }
    const server = await start();
    for (const [runId, log] of logs) {
      const stored = await storedSteps(server.url, runId);
      expect(log.filter((step) => !stored.includes(step))).toEqual([]);
      expect(new Set(stored).size).toBe(stored.length);
    }
  },
);

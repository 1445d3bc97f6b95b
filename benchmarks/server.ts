/**
 * The tracking server on SQLite: `trackbook server` beside `mlflow server`, one process each, asked in turns over the same number of connections; and
 * from the command to the first answer, with the memory it then takes.
 *
 *     npm run build && tsx benchmarks/server.ts [--quick]
 */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "./support/figure";
import { httpLoad, type LoadResult } from "./support/http-load";
import { freePort, type Served, startOurServer, startPythonServer } from "./support/served";
import { runBenchmark, type Setting } from "./support/setting";
import { elapsedTime, median } from "./support/statistics";

const API = "/api/2.0/mlflow";

interface Case {
  readonly name: string;
  readonly connections: number;
  readonly path: string;
  /** How many times Python's requests a second. */
  readonly times: number;
  body(runId: string, index: number): object;
}

const point = (index: number) => ({ key: "loss", value: index / 7, timestamp: index, step: index });

const CASES: readonly Case[] = [
  {
    name: "log-metric, 1 connection",
    connections: 1,
    path: "runs/log-metric",
    times: 40,
    body: (run_id, index) => ({ run_id, ...point(index) }),
  },
  {
    name: "log-metric, 32 connections",
    connections: 32,
    path: "runs/log-metric",
    times: 100,
    body: (run_id, index) => ({ run_id, ...point(10_000_000 + index) }),
  },
  {
    name: "log-batch of 1,000 metrics",
    connections: 1,
    path: "runs/log-batch",
    times: 15,
    body: (run_id, index) => ({
      run_id,
      metrics: Array.from({ length: 1000 }, (_, offset) => point(100_000_000 + index * 1000 + offset)),
    }),
  },
];

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const [ours, python] = [join(folder, "ours"), join(folder, "python")];
  for (const made of [ours, python]) mkdirSync(made);
  const [rounds, ms] = isQuick ? [1, 1500] : [5, 3000];
  const [starts, memory] = await startTimes(built, ours, isQuick ? 2 : 7);
  const servers = [startOurServer(built, ours, await freePort()), startPythonServer(python, await freePort())] as const;
  const figures: Figure[] = [
    {
      name: "trackbook server, first answer on a new database",
      value: starts[0] ?? 0,
      unit: "ms",
      limit: { atMost: 800 },
    },
    { name: "trackbook server, first answer", value: median(starts.slice(1)), unit: "ms", limit: { atMost: 300 } },
    { name: "trackbook server, memory when idle", value: memory, unit: "MB", limit: { atMost: 120 } },
  ];
  try {
    const runs = [await newRun(servers[0]), await newRun(servers[1])] as const;
    for (const one of CASES) figures.push(...(await compare(one, servers, runs, rounds, ms)));
    figures.push({
      name: "trackbook server, memory under 200 connections",
      value: await memoryUnderLoad(servers[0], runs[0]),
      unit: "MB",
      limit: { atMost: 250 },
    });
  } finally {
    for (const server of servers) await server.end();
  }
  return figures;
}

const origin = ({ url }: Served): string => new URL(url).origin;

/** How long it takes until the server answers: first on a new database, then on this. And its memory then. */
async function startTimes(built: string, folder: string, count: number): Promise<[times: number[], memory: number]> {
  const times: number[] = [];
  let memory = 0;
  for (let round = 0; round <= count; round++) {
    const port = await freePort();
    let server: Served | undefined;
    times.push(
      await elapsedTime(() => {
        server = startOurServer(built, folder, port);
        return answers(server);
      }),
    );
    if (server) memory = memoryOf(server);
    await server?.end();
  }
  return [times, memory];
}

/** Waits until the store answers, and not only the server. */
async function answers(server: Served): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (performance.now() < deadline) {
    const answer = await fetch(`${origin(server)}${API}/experiments/get?experiment_id=0`).catch(() => undefined);
    if (answer?.ok) return void (await answer.text());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`no answer from ${origin(server)}`);
}

async function newRun(server: Served): Promise<string> {
  await answers(server);
  const response = await fetch(`${origin(server)}${API}/runs/create`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ experiment_id: "0", start_time: 1 }),
  });
  return ((await response.json()) as { run: { info: { run_id: string } } }).run.info.run_id;
}

/** Resident memory in megabytes, where the system tells. */
function memoryOf({ pid }: Served): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1000;
  } catch {
    return Number.NaN;
  }
}

async function memoryUnderLoad(server: Served, runId: string): Promise<number> {
  const body = (index: number) => JSON.stringify({ run_id: runId, ...point(900_000_000 + index) });
  const load = httpLoad(`${origin(server)}${API}/runs/log-metric`, body, 3000, 200);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(server));
  }, 50);
  await load;
  clearInterval(watch);
  return most;
}

async function compare(
  { name, connections, path, times, body }: Case,
  servers: readonly [Served, Served],
  runs: readonly [string, string],
  rounds: number,
  ms: number,
): Promise<Figure[]> {
  const results: LoadResult[][] = [[], []];
  let begun = 0;
  // The first is to get warm.
  for (let round = 0; round <= rounds; round++) {
    for (const which of [0, 1] as const) {
      const [server, runId] = [servers[which], runs[which]];
      // No point is sent twice.
      const first = 500_000 * begun++;
      const text = (index: number) => JSON.stringify(body(runId, first + index));
      const result = await httpLoad(`${origin(server)}${API}/${path}`, text, ms, connections);
      if (round > 0) results[which]?.push(result);
    }
  }
  const of = (which: 0 | 1, what: keyof LoadResult) => median((results[which] ?? []).map((result) => result[what]));
  const rate = of(1, "rate");
  return [
    {
      name: `REST, SQLite, ${name}`,
      value: of(0, "rate"),
      unit: "/s",
      limit: { atLeast: times * rate },
      peer: { name: "Python", value: rate },
    },
    {
      name: `REST, SQLite, ${name}: 99 of 100 within`,
      value: of(0, "p99"),
      unit: "ms",
      limit: { atMost: 50 },
      peer: { name: "Python", value: of(1, "p99") },
    },
  ];
}

void runBenchmark(measure);

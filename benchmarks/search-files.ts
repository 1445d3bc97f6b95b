/**
 * Searching 10,000 runs in files: a filter and an order, a page of 100. Python MLflow searches the same folder in the same rounds.
 *
 *     npm run build && tsx benchmarks/search-files.ts [runs] [rounds] [folder of the built package]
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CACHE, DIST } from "../scripts/repository";

const EXPERIMENT = "123456789012345678";
const QUERY = {
  experimentIds: [EXPERIMENT],
  filter: "metrics.loss < 50 AND metrics.acc > 0.2",
  orderBy: ["metrics.loss ASC"],
  maxResults: 100,
};

/** Answers each line of stdin with the milliseconds that a search took. */
const OURS = `
const { setTrackingUri, searchRuns } = require(process.argv[1]);
setTrackingUri(process.argv[2]);
const query = JSON.parse(process.argv[3]);
require("node:readline").createInterface({ input: process.stdin }).on("line", async () => {
  const start = performance.now();
  const found = await searchRuns(query);
  if (found.length !== query.maxResults) throw new Error("found " + found.length);
  console.log(performance.now() - start);
});`;

const PYTHON = `
import json, sys, time
from mlflow.tracking import MlflowClient
client, query = MlflowClient(sys.argv[1]), json.loads(sys.argv[2])
for _ in sys.stdin:
    start = time.perf_counter()
    found = client.search_runs(query["experimentIds"], query["filter"], order_by=query["orderBy"], max_results=query["maxResults"])
    assert len(found) == query["maxResults"]
    print((time.perf_counter() - start) * 1000, flush=True)
`;

async function main(runs: number, rounds: number, built: string): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), "trackbook-benchmark-"));
  try {
    const root = join(place, "mlruns");
    makeStore(root, runs);
    print(await measure({ root, cache: join(place, "cache"), rounds, built }), runs);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

type Times = Record<"python" | "cold" | "longLived" | "fresh" | "nodeStart", number[]>;

interface Setting {
  readonly root: string;
  readonly cache: string;
  readonly rounds: number;
  readonly built: string;
}

async function measure({ root, cache, rounds, built }: Setting): Promise<Times> {
  const times: Times = { python: [], cold: [], longLived: [], fresh: [], nodeStart: [] };
  const python = new Searcher(join(CACHE, "venv/bin/python"), ["-c", PYTHON, root, JSON.stringify(QUERY)], {
    MLFLOW_ALLOW_FILE_STORE: "true",
    MLFLOW_DISABLE_TELEMETRY: "true",
  });
  const ours = () =>
    new Searcher(process.execPath, ["-e", OURS, built, root, JSON.stringify(QUERY)], { XDG_CACHE_HOME: cache });
  let longLived: Searcher | undefined;
  // Python's first search of a process also imports; and it brings the files into the system's cache for everybody.
  await python.search();
  for (let round = 0; round < rounds; round++) {
    rmSync(cache, { recursive: true, force: true });
    const cold = ours();
    times.cold.push(await cold.search());
    await cold.end();
    longLived ??= ours();
    await longLived.search();
    times.longLived.push(await longLived.search());
    times.fresh.push(await timed(() => ours().searchAndEnd()));
    times.nodeStart.push(await timed(() => new Searcher(process.execPath, ["-e", "0"], {}).end()));
    times.python.push(await python.search());
  }
  await longLived?.end();
  await python.end();
  return times;
}

/** A process that searches when it is asked to. */
class Searcher {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #ended: Promise<void>;

  constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#child = spawn(command, args, { env: { ...process.env, ...env } });
    this.#child.stderr.pipe(process.stderr);
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#ended = new Promise((resolve, reject) => {
      this.#child.on("error", reject);
      this.#child.on("close", () => resolve());
    });
  }

  async search(): Promise<number> {
    this.#child.stdin.write("\n");
    const answer = await this.#answers.next();
    if (answer.done) throw new Error("the search failed");
    return Number(answer.value);
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    await this.#ended;
  }

  async searchAndEnd(): Promise<void> {
    await this.search();
    await this.end();
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs of eight files each, as MLflow writes them. */
function makeStore(root: string, runs: number): void {
  const experiment = join(root, EXPERIMENT);
  mkdirSync(join(root, ".trash"), { recursive: true });
  mkdirSync(experiment);
  writeFileSync(
    join(experiment, "meta.yaml"),
    `artifact_location: ${experiment}\ncreation_time: 1700000000000\nexperiment_id: '${EXPERIMENT}'\nlast_update_time: 1700000000000\nlifecycle_stage: active\nname: filled\n`,
  );
  for (let run = 0; run < runs; run++) {
    const id = randomBytes(16).toString("hex");
    const files: Readonly<Record<string, string>> = {
      "meta.yaml": `artifact_uri: ${experiment}/${id}/artifacts\nend_time: null\nentry_point_name: ''\nexperiment_id: '${EXPERIMENT}'\nlifecycle_stage: active\nrun_id: ${id}\nrun_name: run-${run}\nsource_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: ${1700000000000 + run}\nstatus: 3\ntags: []\nuser_id: unknown\n`,
      "metrics/loss": `1 ${((run * 7919) % 1000) / 10} 0\n`,
      "metrics/acc": `1 ${(run % 100) / 100} 0\n`,
      "metrics/val_loss": `1 ${((run * 31) % 1000) / 10} 0\n`,
      "params/optimizer": run % 2 === 0 ? "adam" : "sgd",
      "params/lr": String(10 ** -(run % 5)),
      "tags/mlflow.runName": `run-${run}`,
      "tags/mlflow.user": "unknown",
    };
    for (const folder of ["metrics", "params", "tags", "artifacts"])
      mkdirSync(join(experiment, id, folder), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(experiment, id, name), text);
  }
}

function print(times: Times, runs: number): void {
  const python = median(times.python);
  const row = (name: string, milliseconds: number, bound: number) =>
    console.log(
      `${name.padEnd(34)} ${milliseconds.toFixed(0).padStart(6)} ms (to reach: ${bound})   ${(python / milliseconds).toFixed(1)} × Python`,
    );
  console.log(
    `${runs} runs of 8 files, page of 100, medians of ${times.python.length}; Python: ${python.toFixed(0)} ms`,
  );
  row("the first search ever", median(times.cold), 2000);
  row("a process that goes on", median(times.longLived), 150);
  row("a new process, over Node's start", median(times.fresh) - median(times.nodeStart), 250);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2;
}

void main(Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 5), process.argv[4] ?? DIST);

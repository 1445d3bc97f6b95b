/**
 * Searching 10,000 runs in files: a filter and an order, a page of 100. Python MLflow searches the same folder in the same rounds.
 *
 *     npm run build && tsx benchmarks/search-files.ts [--quick]
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AskedProcess, askedNode, askedPython } from "./support/asked-process";
import type { Figure } from "./support/figure";
import { runBenchmark, type Setting } from "./support/setting";
import { elapsedTime, median } from "./support/statistics";

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

/** Does nothing but answer: what a new process costs in which nobody searches. */
const IDLE = `require("node:readline").createInterface({ input: process.stdin }).on("line", () => console.log(0));`;

/** Looks once at each file that decides about a run: one that rules it out, or all three. What a new process cannot do without. */
const BARE = `
const { readdirSync, statSync } = require("node:fs");
const [, experiment] = process.argv;
require("node:readline").createInterface({ input: process.stdin }).on("line", () => {
  const start = performance.now();
  let number = 0;
  for (const entry of readdirSync(experiment, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const folder = experiment + "/" + entry.name + "/";
    statSync(folder + "metrics/loss");
    // Four of ten runs pass.
    if (number++ % 10 > 3) continue;
    statSync(folder + "metrics/acc");
    statSync(folder + "meta.yaml");
  }
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

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const [runs, rounds] = isQuick ? [1_000, 3] : [10_000, 5];
  const root = join(folder, "mlruns");
  const cache = join(folder, "cache");
  makeStore(root, runs);
  const times: Times = { python: [], cold: [], longLived: [], fresh: [], bare: [], idle: [] };
  const query = JSON.stringify(QUERY);
  const python = askedPython(PYTHON, [root, query]);
  const ours = () => new AskedProcess(process.execPath, ["-e", OURS, built, root, query], { XDG_CACHE_HOME: cache });
  // Python's first search of a process also imports; and it brings the files into the system's cache for everybody.
  await python.ask();
  let longLived: AskedProcess | undefined;
  for (let round = 0; round < rounds; round++) {
    rmSync(cache, { recursive: true, force: true });
    const cold = ours();
    times.cold.push(await cold.ask());
    await cold.end();
    longLived ??= ours();
    await longLived.ask();
    times.longLived.push(await longLived.ask());
    times.fresh.push(await elapsedTime(() => askOnce(ours())));
    times.bare.push(await elapsedTime(() => askOnce(askedNode(BARE, [join(root, EXPERIMENT)]))));
    times.idle.push(await elapsedTime(() => askOnce(askedNode(IDLE, []))));
    times.python.push(await python.ask());
  }
  await longLived?.end();
  await python.end();
  const figure = (name: string, value: number, atMost: number): Figure => ({
    name: `search of ${runs.toLocaleString("en")} runs in files: ${name}`,
    value,
    unit: "ms",
    limit: { atMost },
    peer: { name: "Python", value: median(times.python) },
  });
  return [
    figure("the first ever", median(times.cold), 2000),
    figure("a process that goes on", median(times.longLived), 150),
    {
      ...figure("a new process, over one that does nothing", median(times.fresh) - median(times.idle), 250),
      bound: { name: "listing and `stat` alone", value: median(times.bare) - median(times.idle) },
    },
  ];
}

type Times = Record<"python" | "cold" | "longLived" | "fresh" | "bare" | "idle", number[]>;

async function askOnce(asked: AskedProcess): Promise<void> {
  await asked.ask();
  await asked.end();
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

void runBenchmark(measure);

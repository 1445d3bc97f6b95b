/**
 * A SQLite database: points in batches of 1,000 and one by one, and searches of 10,000 runs by two metrics and a param in the order of a
 * metric. Python MLflow does the same in the same rounds: it writes to a database of its own, and searches ours.
 *
 *     npm run build && tsx benchmarks/sqlite.ts [--quick]
 */
import { join } from "node:path";
import { askedNode, askedPython } from "./support/asked-process";
import type { Figure } from "./support/figure";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

const QUERY = {
  filter: "metrics.loss < 0.5 AND metrics.acc > 0.2 AND params.opt = 'adam'",
  orderBy: ["metrics.val_loss ASC"],
};

/** Answers a question, a kind and a count, with the milliseconds that it took. */
const OURS = `
const { openTrackingStore } = require(process.argv[1] + "/stores");
const store = openTrackingStore("sqlite:///" + process.argv[2]);
const query = JSON.parse(process.argv[3]);
const { runId } = store.createRun({ experimentId: "0", runName: "points", userId: "u", startTime: 1, tags: [] }).info;
let step = 0;
const points = (key, count) => {
  const steps = Array.from({ length: count }, () => step++);
  return { key, steps, values: steps.map((at) => at / 7), timestamps: steps.map((at) => 1e12 + at) };
};
const kinds = {
  fill(count) {
    const experimentId = store.createExperiment("searched");
    for (let run = 0; run < count; run++) {
      const quality = ((run * 7919) % 10007) / 10007;
      const made = store.createRun({ experimentId, runName: "run " + run, userId: "u", startTime: 1e12 + run, tags: [] });
      const metrics = { loss: quality, val_loss: quality + (run % 97) / 970, acc: 1 - quality, f1: quality / 2, auc: quality / 3 };
      const params = { opt: ["adam", "sgd", "rms"][run % 3], lr: String(quality), bs: String(run % 6), layers: "3", act: "relu" };
      store.logBatch(made.info.runId, {
        metrics: Object.entries(metrics).map(([key, value]) => ({ key, values: [value], steps: [1], timestamps: [1] })),
        params: Object.entries(params).map(([key, value]) => ({ key, value })),
      });
    }
  },
  batch(count) {
    for (let batch = 0; batch < count; batch++) store.logBatch(runId, { metrics: [points("batched", 1000)] });
  },
  single(count) {
    for (let point = 0; point < count; point++) store.logBatch(runId, { metrics: [points("single", 1)] });
  },
  search(maxResults) {
    const { experimentId } = store.getExperimentByName("searched");
    const found = store.searchRuns([experimentId], { ...query, maxResults });
    if (found.items.length !== maxResults) throw new Error("found " + found.items.length);
  },
};
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const [kind, count] = line.split(" ");
  const start = performance.now();
  kinds[kind](Number(count));
  console.log(performance.now() - start);
});`;

const PYTHON = `
import json, sys, time
from mlflow.entities import Metric
from mlflow.tracking import MlflowClient
searching, client, query = MlflowClient("sqlite:///" + sys.argv[1]), MlflowClient("sqlite:///" + sys.argv[2]), json.loads(sys.argv[3])
run, step = client.create_run("0").info.run_id, 0
for line in sys.stdin:
    kind, count = line.split()
    start = time.perf_counter()
    if kind == "batch":
        for _ in range(int(count)):
            client.log_batch(run, metrics=[Metric("batched", (step + i) / 7, 10**12 + step + i, step + i) for i in range(1000)])
            step += 1000
    elif kind == "single":
        for i in range(int(count)):
            client.log_metric(run, "single", i / 7, step=step + i)
        step += int(count)
    else:
        experiment = searching.get_experiment_by_name("searched").experiment_id
        found = searching.search_runs([experiment], query["filter"], order_by=query["orderBy"], max_results=int(count))
        assert len(found) == int(count)
    print((time.perf_counter() - start) * 1000, flush=True)
`;

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const [runs, rounds, batches, singles] = isQuick ? [1_000, 3, 10, 300] : [10_000, 7, 50, 2_000];
  const [database, query] = [join(folder, "ours.db"), JSON.stringify(QUERY)];
  const ours = askedNode(OURS, [built, database, query]);
  await ours.ask(`fill ${runs}`);
  const python = askedPython(PYTHON, [database, join(folder, "python.db"), query]);
  const timesOf = async (kind: string, count: number, pythonCount = count) => {
    const times = { ours: [] as number[], python: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.ours.push((await ours.ask<number>(`${kind} ${count}`)) / count);
      times.python.push((await python.ask<number>(`${kind} ${pythonCount}`)) / pythonCount);
    }
    return { ours: median(times.ours), python: median(times.python) };
  };
  const pages = isQuick ? [50] : [100, 1000];
  const searches: Figure[] = [];
  for (const page of pages) {
    const times = await timesOf("search", page);
    searches.push({
      name: `search of ${runs.toLocaleString("en")} runs in SQLite, a page of ${page}`,
      value: times.ours * page,
      unit: "ms",
      limit: { atMost: page > 100 ? 75 : 30 },
      peer: { name: "Python on the same database", value: times.python * page },
    });
  }
  const batch = await timesOf("batch", batches, 3);
  const single = await timesOf("single", singles, 30);
  await Promise.all([ours.end(), python.end()]);
  const rate = (name: string, times: typeof batch, points: number, atLeast: number): Figure => ({
    name,
    value: (points / times.ours) * 1000,
    unit: "/s",
    limit: { atLeast },
    peer: { name: "Python", value: (points / times.python) * 1000 },
  });
  return [
    rate("points stored in SQLite, batches of 1,000", batch, 1000, 150_000),
    rate("points stored in SQLite, one by one", single, 1, 10_000),
    ...searches,
  ];
}

void runBenchmark(measure);

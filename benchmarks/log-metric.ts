/**
 * Logging metrics: a burst of 50,000 points, and ten million in a row with the memory watched, both through the public verb. Python
 * MLflow logs point by point, and in batches of 1,000, to files of its own in the same rounds.
 *
 *     npm run build && tsx benchmarks/log-metric.ts [--quick]
 */
import { join } from "node:path";
import { askedNode, askedPython } from "./support/asked-process";
import type { Figure } from "./support/figure";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

/** Answers with points a second (burst, sustained) or the megabytes in use. */
const OURS = `
const { setTrackingUri, startRun, flush, logMetric } = require(process.argv[1]);
setTrackingUri(process.argv[2]);
const run = startRun();
const points = (count, first) => {
  const start = performance.now();
  for (let step = first; step < first + count; step++) logMetric("loss", 1 / (step + 1), { step });
  return start;
};
let step = 0;
const questions = {
  burst: async () => {
    const start = points(50_000, step);
    const end = performance.now();
    step += 50_000;
    await flush();
    return 50_000 / ((end - start) / 1000);
  },
  sustained: async () => {
    const start = points(1_000_000, step);
    await flush();
    step += 1_000_000;
    return 1_000_000 / ((performance.now() - start) / 1000);
  },
  memory: async () => {
    // Of buffers that are free the second knows.
    globalThis.gc();
    globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 1e6;
  },
};
require("node:readline").createInterface({ input: process.stdin })
  .on("line", async (question) => console.log(await questions[question]()))
  .on("close", () => run.end());`;

/** Answers with points a second. */
const PYTHON = `
import json, sys, time
import mlflow
from mlflow.entities import Metric
from mlflow.tracking import MlflowClient
mlflow.set_tracking_uri(sys.argv[1])
run = mlflow.start_run()
client = MlflowClient()
step = 0
for question in sys.stdin:
    start = time.perf_counter()
    if question.strip() == "burst":
        for i in range(200):
            mlflow.log_metric("single", 1 / (step + 1), step=step)
            step += 1
        done = 200
    else:
        for batch in range(10):
            client.log_batch(run.info.run_id, [Metric("batch", 0.1 * i, 1700000000000, step + i) for i in range(1000)])
            step += 1000
        done = 10000
    print(json.dumps(done / (time.perf_counter() - start)), flush=True)
`;

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const ours = askedNode(OURS, [built, join(folder, "ours")], ["--expose-gc"]);
  const python = askedPython(PYTHON, [join(folder, "python")]);
  const rounds = isQuick ? 3 : 10;
  const bursts: number[] = [];
  const sustained: number[] = [];
  const memory: number[] = [];
  const pythonSingle: number[] = [];
  const pythonBatch: number[] = [];
  await python.ask("burst");
  for (let round = 0; round < rounds; round++) {
    bursts.push(await ours.ask("burst"));
    pythonSingle.push(await python.ask("burst"));
    sustained.push(await ours.ask("sustained"));
    memory.push(await ours.ask("memory"));
    pythonBatch.push(await python.ask("batch"));
  }
  await Promise.all([ours.end(), python.end()]);
  return [
    {
      name: "`logMetric`, a burst of 50,000",
      value: median(bursts),
      unit: "/s",
      limit: { atLeast: 1_000_000 },
      peer: { name: "Python's `log_metric`", value: median(pythonSingle) },
    },
    {
      name: `points stored in files, ${rounds} million in a row`,
      value: median(sustained),
      unit: "/s",
      limit: { atLeast: 500_000 },
      peer: { name: "Python's `log_batch` of 1,000", value: median(pythonBatch) },
    },
    {
      name: `memory added from million 1 to million ${rounds}`,
      value: (memory.at(-1) as number) - (memory[0] as number),
      unit: "MB",
      limit: { atMost: 1 },
    },
  ];
}

void runBenchmark(measure);

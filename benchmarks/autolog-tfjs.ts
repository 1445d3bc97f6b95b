/**
 * What autolog takes of a TensorFlow.js training (two layers, 2,048 rows): the time inside of our code by a sampling profile, of one with 10 MB of
 * weights too, and the whole training with and without autolog in turns, by the processor's time.
 *
 *     npm run build && tsx benchmarks/autolog-tfjs.ts [--quick]
 */
import { join } from "node:path";
import { REPOSITORY } from "../scripts/repository";
import { askedNode } from "./support/asked-process";
import { busyTime, isOurs, readProfile } from "./support/cpu-profile";
import type { Figure } from "./support/figure";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

/** Answers `with` and `without` with the milliseconds of processor time of one training; `profile` writes the profile of one. */
const OURS = `
const { autolog, setTrackingUri } = require(process.argv[1]);
const tf = require(process.argv[4]);
setTrackingUri(process.argv[2]);
const dense = (units, seed, options) =>
  tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotUniform({ seed }), ...options });
const normal = (shape, seed) => tf.randomNormal(shape, 0, 1, "float32", seed);
const trainings = {
  // 10.5 MB of weights.
  large: { inputs: 1024, hidden: [2048, 256], rows: 256, fit: { epochs: 2, batchSize: 32 } },
  small: { inputs: 64, hidden: [128], rows: 2048, fit: { epochs: 10, batchSize: 128 } },
};
const train = async ({ inputs, hidden, rows, fit }) => {
  const first = { inputShape: [inputs], activation: "relu" };
  const model = tf.sequential({
    layers: [...hidden.map((units, index) => dense(units, index, index === 0 ? first : {})), dense(1, 9)],
  });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const [xs, ys] = [normal([rows, inputs], 1), normal([rows, 1], 2)];
  const before = process.cpuUsage();
  await model.fit(xs, ys, { ...fit, shuffle: false, verbose: 0 });
  const { user, system } = process.cpuUsage(before);
  tf.dispose([xs, ys]);
  model.dispose();
  return (user + system) / 1000;
};
const questions = {
  with: () => (autolog({ disable: false }), train(trainings.small)),
  without: () => (autolog({ disable: true }), train(trainings.small)),
  small: () => profiled(trainings.small),
  large: () => profiled(trainings.large),
};
const profiled = async (training) => {
  autolog({ disable: false });
  const session = new (require("node:inspector/promises").Session)();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  await train(training);
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  require("node:fs").writeFileSync(process.argv[3], JSON.stringify(profile));
  return 0;
};
require("node:readline").createInterface({ input: process.stdin })
  .on("line", async (question) => console.log(await questions[question]()));`;

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const profile = join(folder, "training.cpuprofile");
  const tfjs = join(REPOSITORY, "node_modules/@tensorflow/tfjs");
  const ours = askedNode(OURS, [built, join(folder, "mlruns"), profile, tfjs]);
  // The first of each compiles.
  await ours.ask("without");
  await ours.ask("with");
  const times = { with: [] as number[], without: [] as number[] };
  const inside = { small: [] as number[], large: [] as number[] };
  const pairs = isQuick ? 3 : 15;
  for (let pair = 0; pair < pairs; pair++) {
    // Each goes first as often as the other.
    const order = pair % 2 === 0 ? (["with", "without"] as const) : (["without", "with"] as const);
    for (const question of order) times[question].push(await ours.ask(question));
    if (pair % 5 > 0) continue;
    for (const size of ["small", "large"] as const) {
      await ours.ask(size);
      const { inside: own, total } = busyTime(readProfile(profile), (stack) => isOurs(stack, built));
      inside[size].push((100 * own) / total);
    }
  }
  await ours.end();
  const [by, without] = [median(times.with), median(times.without)];
  const share = (name: string, values: readonly number[]): Figure => ({
    name,
    value: median(values),
    unit: "%",
    limit: { atMost: 1 },
  });
  return [
    share("autolog on a tfjs fit: time inside our code", inside.small),
    share("the same with 10 MB of weights", inside.large),
    {
      name: `autolog on a tfjs fit: longer than without, ${pairs} pairs`,
      value: (100 * (by - without)) / without,
      unit: "%",
      limit: { atMost: 3 },
    },
  ];
}

void runBenchmark(measure);

/**
 * The live card of a training in a tslab notebook, under a real Jupyter kernel: how often it is drawn, and how long that keeps the
 * training's thread, by a sampling profile. No peer: Python's MLflow shows no card.
 *
 *     npm run build && npm run prepare-tests && tsx benchmarks/live-card.ts [--quick]
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../scripts/repository";
import { PART_STATES, type PartStates } from "../scripts/parts";
import { startKernel } from "../tests/support/kernel";
import { type Frame, readProfile, spellsOf } from "./support/cpu-profile";
import type { Figure } from "./support/figure";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

const PREPARE = (built: string, tfjs: string, store: string) => `
const { autolog, setTrackingUri } = require(${JSON.stringify(built)});
const tf = require(${JSON.stringify(tfjs)});
setTrackingUri(${JSON.stringify(store)});
autolog();
const xs = tf.randomNormal([256, 32]);
const ys = tf.randomNormal([256, 1]);
const train = async (epochs: number) => {
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [32], units: 32 }), tf.layers.dense({ units: 1 })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError", metrics: ["mse"] });
  await model.fit(xs, ys, { epochs, validationSplit: 0.2, verbose: 0 });
};
await train(5);`;

/** Prints the seconds that the training took. */
const TRAIN = (epochs: number, profile: string) => `
const session = new (require("node:inspector/promises").Session)();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.setSamplingInterval", { interval: 200 });
await session.post("Profiler.start");
const start = performance.now();
await train(${epochs});
console.log("seconds", (performance.now() - start) / 1000);
const { profile } = await session.post("Profiler.stop");
require("node:fs").writeFileSync(${JSON.stringify(profile)}, JSON.stringify(profile));`;

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const { python, tslab } = JSON.parse(readFileSync(PART_STATES, "utf8")) as PartStates;
  if (!python.ready || !tslab.ready) throw new Error("there is no Jupyter kernel: npm run prepare-tests");
  const profile = join(folder, "training.cpuprofile");
  const kernel = await startKernel({
    name: "tslab",
    folder,
    python: python.paths.python,
    jupyterPath: tslab.paths.jupyterPath,
  });
  try {
    const prepared = await kernel.run(
      PREPARE(built, join(REPOSITORY, "node_modules/@tensorflow/tfjs"), join(folder, "mlruns")),
    );
    const trained = await kernel.run(TRAIN(isQuick ? 300 : 2_000, profile));
    const printed = [prepared, trained].flatMap(({ outputs }) => outputs.map(({ text }) => text ?? "")).join("");
    const seconds = Number(/seconds ([\d.]+)/.exec(printed)?.[1]);
    if (!(seconds > 0)) throw new Error(`the training in the notebook failed: ${printed}`);
    return [
      // The first comes at once and the last with the end, however soon after the others.
      { name: "live card, updates", value: (trained.messages - 2) / seconds, unit: "/s", limit: { atMost: 4 } },
      {
        name: "live card, the training's thread for each update",
        value: median(spellsOf(readProfile(profile), isDrawing)),
        unit: "ms",
        limit: { atMost: 2 },
      },
    ];
  } finally {
    await kernel.shutdown();
  }
}

const isDrawing = ({ functionName, url }: Frame): boolean =>
  functionName === "#draw" && /[\\/]notebook[\\/]live[\\/]/.test(url);

void runBenchmark(measure);

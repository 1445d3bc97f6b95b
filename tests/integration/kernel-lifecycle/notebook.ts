import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { PartPaths } from "../../../scripts/parts";
import { type CellResult, type Kernel, type KernelExit, startKernel } from "../../support/kernel";
import { createInstalledFolder, LIBRARIES } from "../../support/installed-folder";
import { type FoundRun, runsIn } from "../libraries/recorded-runs";

/** tslab on the oldest Node that trackbook supports and on the newest, each with the parts that it needs. */
export const KERNELS = [
  { name: "tslab-node20", parts: ["python", "tslab", "node20"] },
  { name: "tslab-node26", parts: ["python", "tslab", "node26"] },
] as const;

/** How a kernel ended: by itself, by the signal that Jupyter sends after 2.5 s, and by the one that nobody can hear. */
export const EXIT = { byItself: 0, terminated: -15, killed: -9 } as const satisfies Record<string, KernelExit>;

/** What the notebooks of these tests begin with: `autolog()` and the libraries, a small line, a small network, and a forest that takes minutes. */
export const FIRST_CELL = `
import * as trackbook from "trackbook";
import { SimpleLinearRegression } from "ml-regression";
import { RandomForestRegression } from "ml-random-forest";
import * as tf from "@tensorflow/tfjs";
trackbook.autolog();
const x = [1, 2, 3, 4], y = [2, 4, 6, 9];
const line = () => new SimpleLinearRegression(x, y);
const xs = tf.tensor2d(x, [4, 1]), ys = tf.tensor2d(y, [4, 1]);
const network = () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: "ones" })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  return model;
};
const fit = (options: object = {}, model = network()) =>
  model.fit(xs, ys, { epochs: 2, verbose: 0, yieldEvery: "epoch", ...options });
/** Never ends by itself, and prints "well under way" when it is well under way. */
const longFit = (model = network()) =>
  fit({ epochs: 1e9, callbacks: { onEpochEnd: (epoch: number) => { if (epoch === 3) console.log("well under way"); } } }, model);
const samples = Array.from({ length: 300 }, (_, i) => [i % 17, i % 5, i % 3]), targets = samples.map(([a, b]) => a * b);
/** Never ends by itself. Its card is shown at its start, since no other output was drawn just before. */
const longForest = () => {
  for (const begun = performance.now(); performance.now() - begun < 300; );
  return new RandomForestRegression({ nEstimators: 1e6, seed: 1, noOOB: true }).train(samples, targets);
};`;

/** One notebook, in a folder of its own unless another's is given, and its kernel. */
export class Notebook {
  readonly folder: string;
  readonly kernel: Kernel;
  #isShutDown = false;

  private constructor(folder: string, kernel: Kernel) {
    this.folder = folder;
    this.kernel = kernel;
  }

  /** Opens a notebook, its first cell run. */
  static async open(
    name: string,
    { python, tslab }: Pick<PartPaths, "python" | "tslab">,
    folder = createInstalledFolder(...LIBRARIES),
    firstCell = FIRST_CELL,
  ): Promise<Notebook> {
    const notebook = new Notebook(folder, await startKernel({ name, folder, ...python, ...tslab }));
    await notebook.cell(firstCell);
    return notebook;
  }

  /** Runs a cell that has to succeed. */
  async cell(code: string): Promise<CellResult> {
    const result = await this.kernel.run(code);
    if (result.status !== "ok") throw new Error(JSON.stringify(result.outputs));
    return result;
  }

  /** Begins a cell and waits until it shows a text: what `longFit` prints, or of a forest the card that stands there from its start. */
  async train(code: string, shown: "well under way" | "● training" = "well under way"): Promise<void> {
    // tslab drops what is sent within 200 ms of a cell that failed.
    await this.cell("undefined");
    await this.kernel.start(code);
    await this.kernel.waitForOutput(shown);
  }

  /** All runs in the folder's `mlruns`, the oldest first. */
  runs(): readonly FoundRun[] {
    const store = join(this.folder, "mlruns");
    return existsSync(store) ? runsIn(store) : [];
  }

  /** How each run ended, and whether it says when. */
  endings(): readonly string[] {
    return this.runs().map(({ info }) => `${info.status}${info.endTime === undefined ? " without end" : ""}`);
  }

  shutdown(seconds?: number): Promise<KernelExit> {
    this.#isShutDown = true;
    return this.kernel.shutdown(seconds);
  }

  kill(): Promise<KernelExit> {
    this.#isShutDown = true;
    return this.kernel.kill();
  }

  /** Closes what is left of it. */
  async close(): Promise<void> {
    if (!this.#isShutDown) await this.shutdown();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

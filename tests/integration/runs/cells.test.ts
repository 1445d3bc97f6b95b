import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Kernel, PATIENCE, startKernel } from "../../support/kernel";
import { describeWithParts } from "../../support/parts";
import { runsIn } from "../libraries/recorded-runs";
import { ending, installedFolder } from "./scripts";

const FIRST_CELL = `
import * as trackbook from "trackbook";
import { SimpleLinearRegression } from "ml-regression";
import * as tf from "@tensorflow/tfjs";
trackbook.autolog({ display: "none" });
const x = [1, 2, 3, 4], y = [2, 4, 6, 9];
const network = () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  return model;
};
const xs = tf.tensor2d(x, [4, 1]), ys = tf.tensor2d(y, [4, 1]);`;

describeWithParts(["python", "tslab"], "active runs in a notebook's cells", ({ python, tslab }) => {
  let kernel: Kernel;
  let folder: string;
  let isShutDown = false;
  beforeAll(async () => {
    folder = installedFolder();
    kernel = await startKernel({ name: "tslab", folder, ...python, ...tslab });
    await cell(FIRST_CELL);
  });
  afterAll(() => (isShutDown ? undefined : kernel.shutdown()));

  async function cell(code: string): Promise<void> {
    const { status, outputs } = await kernel.run(code);
    if (status !== "ok") throw new Error(JSON.stringify(outputs));
  }
  /** The runs that were begun since the last test. */
  let seen = 0;
  const runs = () => runsIn(join(folder, "mlruns")).slice(seen);
  afterEach(() => {
    seen = runsIn(join(folder, "mlruns")).length;
  });

  test("case 1: startRun in one cell, a training in the next, logs by hand in a third: one run", async () => {
    await cell(`const run = trackbook.startRun({ runName: "mine" });`);
    await cell("new SimpleLinearRegression(x, y);");
    await cell(`trackbook.logMetric("mine", 1);`);
    expect(runs().map(ending)).toEqual(["RUNNING without end"]);
    await cell("await run.end();");
    expect(runs().map(ending)).toEqual(["FINISHED"]);
    expect(runs()[0]?.data).toMatchObject({ metrics: { mine: 1 }, tags: { "mlflow.runName": "mine" } });
  });

  test("case 2: a training, then logs under activeRun(): one run, FINISHED while the kernel idles", async () => {
    await cell("new SimpleLinearRegression(x, y);");
    expect(runs().map(ending)).toEqual(["FINISHED"]);
    await cell(`trackbook.activeRun().logMetric("mine", 1); await trackbook.flush();`);
    expect(runs().map(ending)).toEqual(["FINISHED"]);
    expect(runs()[0]?.data.metrics.mine).toBe(1);
    await cell("await trackbook.endRun();");
  });

  test("the source is the cell, and in it the statement", async () => {
    const code = `
const before = 1;
const fitted = new SimpleLinearRegression(
  x,
  y,
);`;
    await cell(code);
    await cell("await trackbook.flush();");
    const [run] = runs();
    expect(run?.text("source/cell.ts")).toBe(code);
    expect(run?.text("source/segment.ts")).toContain("new SimpleLinearRegression(\n  x,\n  y,\n)");
    expect(run?.data.tags["trackbook.source.segment"]).toMatch(/^cell \d+:3-6$/);
    expect(run?.data.tags["mlflow.source.type"]).toBe("NOTEBOOK");
  });

  test("an interrupt stops a training, whose run is KILLED; the next one is a run of its own", async () => {
    await kernel.start(`
      await network().fit(xs, ys, { epochs: 1e6, verbose: 0, yieldEvery: "epoch", callbacks: {
        onEpochEnd: (epoch) => { if (epoch === 3) console.log("training"); } } });
      undefined`);
    await kernel.waitForOutput("training");
    await kernel.interrupt();
    await kernel.finish();
    await expect.poll(() => runs().map(ending), { timeout: 30_000 }).toEqual(["KILLED"]);
    expect(runs()[0]?.steps("loss").slice(0, 4)).toEqual([0, 1, 2, 3]);
    await cell("new SimpleLinearRegression(x, y);");
    expect(runs().map(ending)).toEqual(["KILLED", "FINISHED"]);
  });

  test("a shutdown ends what is open FINISHED, with all that was logged", async () => {
    await cell(`trackbook.startRun(); trackbook.logParam("last", 1); undefined`);
    isShutDown = true;
    await kernel.shutdown(PATIENCE);
    expect(runs().map(ending)).toEqual(["FINISHED"]);
    expect(runs()[0]?.data.params).toEqual({ last: "1" });
  });
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kernel, startKernel } from "../../support/kernel";
import { createKernelFolder } from "../../support/kernel-folder";
import { describeWithParts } from "../../support/parts";

describeWithParts(["python", "tslab"], "trainings in a tslab notebook", ({ python, tslab }) => {
  let kernel: Kernel;

  beforeAll(async () => {
    const folder = createKernelFolder("ml-regression", "@tensorflow/tfjs");
    kernel = await startKernel({ name: "tslab", folder, ...python, ...tslab });
    const { outputs } = await kernel.run(`
      import { autolog, searchRuns } from "trackbook";
      import { compareRuns, showMetric, showRun, showRuns } from "trackbook/notebook";
      autolog();
      import { SimpleLinearRegression } from "ml-regression";
      import * as tf from "@tensorflow/tfjs";
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
      model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      const [x, y] = [tf.tensor2d([1, 2, 3, 4], [4, 1]), tf.tensor2d([1, 3, 5, 7], [4, 1])];`);
    expect(outputs.filter(({ name }) => name !== "stderr")).toEqual([]);
  });
  afterAll(() => kernel.shutdown());

  const texts = (outputs: Awaited<ReturnType<Kernel["run"]>>["outputs"]) =>
    outputs.flatMap(({ data }) => (data ? [data["text/plain"]] : []));

  test("one that blocks the event loop has its card when its cell ends", async () => {
    const { outputs, status } = await kernel.run(
      "const line = new SimpleLinearRegression([1, 2, 3, 4], [1, 3, 5, 7]);",
    );
    expect(status).toBe("ok");
    expect(texts(outputs)).toHaveLength(1);
    expect(texts(outputs)[0]).toMatch(/✓ finished .*ml-regression\.SimpleLinearRegression/);
    expect(outputs[0]?.data?.["text/html"]).toContain("trackbook");
  });

  test("a training of many epochs is one card, updated in place, with its last frame", async () => {
    const { outputs } = await kernel.run("await model.fit(x, y, { epochs: 40, verbose: 0 }); undefined");
    expect(texts(outputs)).toHaveLength(1);
    expect(texts(outputs)[0]).toMatch(/✓ finished .*tfjs\.Sequential/);
    expect(texts(outputs)[0]).toContain("epoch 40 / 40");
  });

  test("a loop of single epochs is one card", async () => {
    const { outputs } = await kernel.run(`
      for (let i = 0; i < 5; i++) await model.fit(x, y, { epochs: 1, verbose: 0, batchSize: 2 });`);
    expect(texts(outputs)).toHaveLength(1);
    expect(texts(outputs)[0]).toContain("epoch 5 / 5");
  });

  test("one that fails says why, and the cell fails with the library's own error", async () => {
    const { outputs, status } = await kernel.run(
      "await model.fit(tf.tensor2d([[1, 2]]), y, { epochs: 1, verbose: 0 });",
    );
    expect(status).toBe("error");
    expect(texts(outputs)[0]).toMatch(/✕ failed/);
    expect(outputs.find(({ name }) => name === "stderr")?.text).toMatch(/^ValueError: input expected a batch/);
  });

  test("what the notebook's functions show stands there once, also as the last expression", async () => {
    for (const call of [
      "showRuns()",
      "showRun()",
      `showMetric("loss", await searchRuns())`,
      "compareRuns(await searchRuns())",
    ]) {
      const { outputs } = await kernel.run(`await ${call}`);
      expect(outputs, call).toMatchObject([{ type: "display_data" }]);
      expect(outputs[0]?.data?.["text/html"]).toContain("trackbook");
    }
  });

  test("what is kept in a variable shows again where it is asked for", async () => {
    expect((await kernel.run("const table = await showRuns();")).outputs).toHaveLength(1);
    expect((await kernel.run("table")).outputs).toMatchObject([{ type: "display_data" }]);
  });

  test("found runs, and one of them, render as a last expression", async () => {
    const { outputs } = await kernel.run("const found = await searchRuns(); found");
    expect(texts(outputs)[0]).toMatch(/4 runs[\s\S]*✕ failed[\s\S]*✓ finished/);
    expect(texts((await kernel.run("found[0]")).outputs)[0]).toContain("tfjs.Sequential");
  });
});

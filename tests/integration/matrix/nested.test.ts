import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createInstalledFolder, LIBRARIES } from "../../support/installed-folder";
import { runScript } from "../../support/run-script";

let folder: string;
beforeAll(() => {
  folder = createInstalledFolder(...LIBRARIES);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ORDERS = {
  "trackbook first": ["trackbook", "libraries"],
  "libraries first": ["libraries", "trackbook"],
} as const;

const LINES = {
  trackbook: `const { autolog, activeRun } = require("trackbook");`,
  libraries: `const tf = require("@tensorflow/tfjs");
    const { SLR, ExponentialRegression, MultivariateLinearRegression, KRR } = require("ml-regression");
    const { RandomForestRegression } = require("ml-random-forest");`,
};

const DATA = `
  const x = [1, 2, 3, 4], y = [2, 4, 7, 8], rows = x.map((value) => [value, value % 2]), columns = y.map((value) => [value]);
  const network = () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    return model;
  };
  const fit = (model, callbacks, epochs = 2) =>
    model.fit(tf.tensor2d(rows), tf.tensor2d(columns), { epochs, verbose: 0, callbacks });
  const forest = () => new RandomForestRegression({ nEstimators: 3, noOOB: true });`;

describe.each(Object.entries(ORDERS))("%s:", (_title, order) => {
  const run = (body: string) => {
    const lines = order.map((name) => LINES[name]).join("\n");
    return runScript(
      folder,
      "nested.cjs",
      `${lines}\nautolog({ logSource: false });\n${DATA}\n(async () => {\n${body}\n})().catch((error) => { console.error(error); process.exitCode = 1; });`,
    );
  };
  const summary = (runs: Awaited<ReturnType<typeof run>>["runs"]) =>
    runs.map(({ info, data }) => `${data.tags.estimator_name} ${info.status}`).sort();

  test("what a library trains inside of a training is part of it", async () => {
    const { runs, stderr } = await run(
      `new ExponentialRegression(x, y); forest().train(rows, y); await fit(network());`,
    );
    expect(stderr).not.toContain("Error");
    expect(summary(runs)).toEqual([
      "ExponentialRegression FINISHED",
      "RandomForestRegression FINISHED",
      "Sequential FINISHED",
    ]);
  });

  test("what a callback of the user's trains is the user's own", async () => {
    const { runs } = await run(`
      const inner = network();
      await fit(network(), {
        onTrainBegin: () => { new SLR(x, y); },
        onEpochEnd: async (epoch) => {
          if (epoch > 0) return;
          forest().train(rows, y);
          new MultivariateLinearRegression(rows, columns);
          await fit(inner);
        },
      });`);
    expect(summary(runs)).toEqual([
      "MultivariateLinearRegression FINISHED",
      "RandomForestRegression FINISHED",
      "Sequential FINISHED",
      "Sequential FINISHED",
      "SimpleLinearRegression FINISHED",
    ]);
  });

  test("a model that is loaded again is no training, wherever that is done", async () => {
    const { runs } = await run(`
      const [line, plane, kernel, trees] = [new SLR(x, y), new MultivariateLinearRegression(rows, columns), new KRR(rows, columns), forest()];
      trees.train(rows, y);
      const reload = () => {
        for (const model of [line, plane, kernel, trees]) model.constructor.load(JSON.parse(JSON.stringify(model)));
      };
      reload();
      await fit(network(), { onEpochEnd: reload });`);
    expect(runs).toHaveLength(5);
  });

  test("an error inside stays the same object, and fails the run it belongs to", async () => {
    const { runs, printed } = await run(`
      const thrown = new Error("mine");
      const caught = [];
      const attempt = async (act) => { try { await act(); } catch (error) { caught.push(error === thrown || error.constructor.name); } };
      await attempt(() => fit(network(), { onEpochEnd: () => { throw thrown; } }));
      await attempt(() => fit(network(), { onEpochEnd: () => { try { new SLR(x, [1]); } catch {} } }, 1));
      await attempt(() => new KRR(rows, columns, { kernelType: { compute: () => { throw thrown; } } }));
      await attempt(() => new MultivariateLinearRegression(rows, 5));
      console.log(JSON.stringify(caught));`);
    expect(printed).toEqual([true, true, expect.stringContaining("Error")]);
    expect(summary(runs)).toEqual([
      "KernelRidgeRegression FAILED",
      "MultivariateLinearRegression FAILED",
      "Sequential FAILED",
      "Sequential FINISHED",
      "SimpleLinearRegression FAILED",
    ]);
  });

  test.each([
    ["dies of a training's error", "new SLR(x, [1]);"],
    [
      "exits upon a training's error",
      "try { new SLR(x, [1]); } catch (error) { console.error(error); process.exit(1); }",
    ],
  ])("a program that %s has left the failed run", async (_what, body) => {
    const lines = order.map((name) => LINES[name]).join("\n");
    const source = `${lines}\nautolog({ logSource: false });\n${DATA}\n${body}`;
    const { code, stderr, runs } = await runScript(folder, "dies.cjs", source);
    expect(code).toBe(1);
    expect(stderr).toContain("RangeError: x and y arrays must have the same length");
    expect(summary(runs)).toEqual(["SimpleLinearRegression FAILED"]);
  });

  test("a training that fails at once does not hide the one after it", async () => {
    const { runs } = await run(`
      for (const wrong of [[1], [1, 2]]) { try { new SLR(x, wrong); } catch {} }
      new SLR(x, y);
      try { new MultivariateLinearRegression(rows, 5); } catch {}
      new MultivariateLinearRegression(rows, columns);`);
    expect(summary(runs)).toEqual([
      "MultivariateLinearRegression FAILED",
      "MultivariateLinearRegression FINISHED",
      "SimpleLinearRegression FAILED",
      "SimpleLinearRegression FAILED",
      "SimpleLinearRegression FINISHED",
    ]);
  });
});

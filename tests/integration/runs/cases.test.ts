import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ending, type ModuleKind, ScriptFolder } from "./scripts";

let scripts: ScriptFolder;
beforeAll(() => {
  scripts = new ScriptFolder();
});
afterAll(() => scripts.remove());

describe.each<ModuleKind>(["cjs", "mjs"])("in a script (%s)", (kind) => {
  async function run(body: string) {
    const { code, stderr, runs } = await scripts.run(body, kind, { TRACKBOOK_TESTING: "1" });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    return runs;
  }

  test("case 1: startRun, a training, logs by hand: one run", async () => {
    const runs = await run(`
      const run = trackbook.startRun({ runName: "mine" });
      line();
      trackbook.logMetric("mine", 1);
      void run.end();`);
    expect(runs.map(ending)).toEqual(["FINISHED"]);
    expect(runs[0]?.data).toMatchObject({
      metrics: { mine: 1, training_r2_score: expect.any(Number) },
      tags: { "mlflow.runName": "mine", "mlflow.autologging": "ml-regression" },
    });
  });

  test("case 2: a training, logs by hand under activeRun(): one run", async () => {
    const runs = await run(`
      line();
      trackbook.activeRun().logMetric("mine", 1);
      trackbook.logParam("by-hand", true);
      if (trackbook.activeRun() !== trackbook.activeRun()) throw new Error("not the same object");
      if (trackbook.activeRun().status !== "FINISHED") throw new Error("not finished");`);
    expect(runs.map(ending)).toEqual(["FINISHED"]);
    expect(runs[0]?.data).toMatchObject({ metrics: { mine: 1 }, params: { "by-hand": "true" } });
    expect(runs[0]?.files).toContain("model/MLmodel");
  });

  test("case 3: a verb with no run, then a training: one run", async () => {
    const runs = await run(`trackbook.logParam("by-hand", true); line();`);
    expect(runs.map(ending)).toEqual(["FINISHED"]);
    expect(runs[0]?.data.params).toEqual({ "by-hand": "true" });
    expect(runs[0]?.outputs.modelOutputs).toHaveLength(1);
  });

  test("a loop that trains on is one run, its epochs count on, its model is the last", async () => {
    const runs = await run(`
      main(async () => {
        const model = network();
        for (let i = 0; i < 3; i++) await fit(model, { epochs: 1 });
        await fit(model, { epochs: 5, initialEpoch: 3 });
        const other = network();
        await fit(other, { epochs: 1 });
        await fit(model, { epochs: 1 });
      });`);
    expect(runs.map(ending)).toEqual(["FINISHED", "FINISHED"]);
    expect(runs[0]?.steps("loss")).toEqual([0, 1, 2, 3, 4, 5]);
    expect(runs[1]?.steps("loss")).toEqual([0]);
    expect(runs.map(({ outputs }) => outputs.modelOutputs.length)).toEqual([1, 1]);
  });

  test("an explicit run's training goes on as well", async () => {
    const runs = await run(`
      main(() => trackbook.startRun(async () => {
        const model = network();
        for (let i = 0; i < 3; i++) await fit(model, { epochs: 2 });
      }));`);
    expect(runs.map(ending)).toEqual(["FINISHED"]);
    expect(runs[0]?.steps("loss")).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("other hyperparameters, or another model, are another run", async () => {
    const runs = await run(`
      main(async () => {
        const model = network();
        await fit(model);
        await fit(model, { batchSize: 2 });
        line();
        line();
      });`);
    expect(runs.map(ending)).toEqual(["FINISHED", "FINISHED", "FINISHED", "FINISHED"]);
  });

  test("two trainings in one run: all of the second is under -2", async () => {
    const runs = await run(`
      main(() => trackbook.startRun(async () => {
        await fit(network(), { epochs: 2 });
        new PolynomialRegression(x, y, 2);
        await fit(network(), { epochs: 1 });
      }));`);
    expect(runs.map(ending)).toEqual(["FINISHED"]);
    const [first] = runs as [(typeof runs)[number]];
    expect(first.data.params).toMatchObject({ epochs: "2", "degree-2": "2", "epochs-3": "1" });
    expect(first.history("loss")).toHaveLength(2);
    expect(first.history("loss-3")).toHaveLength(1);
    expect(Object.keys(first.data.metrics)).toContain("training_r2_score-2");
    expect(first.data.tags).toMatchObject({
      estimator_class: "tfjs.Sequential",
      "estimator_class-2": "ml-regression.PolynomialRegression",
      "estimator_class-3": "tfjs.Sequential",
    });
    for (const file of [
      "model/MLmodel",
      "model-2/MLmodel",
      "model-3/MLmodel",
      "model_summary-3.txt",
      "source/segment-2.ts",
    ])
      expect(first.files).toContain(file);
    expect(Object.keys(first.data.params).filter((key) => key.endsWith("-2"))).toEqual(
      expect.arrayContaining(["degree-2", "interceptAtZero-2"]),
    );
  });

  test("a run that is gone on with in another process counts its trainings on", async () => {
    const child = `
      const trackbook = require("trackbook");
      trackbook.autolog();
      const { PolynomialRegression } = require("ml-regression");
      new PolynomialRegression([1, 2, 3, 4], [1, 2, 3, 5], 1);
      trackbook.logParam("child", 1);`;
    const runs = await run(`
      main(async () => {
        const { execFileSync } = await import("node:child_process");
        const run = trackbook.startRun();
        new PolynomialRegression(x, y, 3);
        const env = { ...process.env, MLFLOW_RUN_ID: run.id };
        execFileSync(process.execPath, ["-e", ${JSON.stringify(child)}], { env });
        await run.end();
      });`);
    expect(runs.map(ending)).toEqual(["FINISHED"]);
    expect(runs[0]?.data.params).toMatchObject({ degree: "3", "degree-2": "1", child: "1" });
    expect(runs[0]?.files).toContain("model-2/MLmodel");
  });

  test("trainings begun without awaiting the former are runs of their own, none waits for the other", async () => {
    const runs = await run(`
      main(async () => {
        const model = network();
        const fits = [fit(model, { epochs: 2 }), fit(model, { epochs: 2 }).catch((error) => error), fit(network(), { epochs: 3 })];
        const [, second] = await Promise.all(fits);
        if (!(second instanceof Error)) throw new Error("tfjs trains a model only once at a time");
      });`);
    expect(runs.map(ending).sort()).toEqual(["FAILED", "FINISHED", "FINISHED"]);
    expect(runs.map((run) => run.history("loss").length).sort()).toEqual([0, 2, 3]);
  });

  test("a training that fails: its run is FAILED with its params, not used again; the very error comes back", async () => {
    const runs = await run(`
      main(async () => {
        const failure = new Error("stop");
        const failed = await fit(network(), { epochs: 3, callbacks: { onEpochEnd: () => { throw failure; } } }).catch((error) => error);
        if (failed !== failure) throw new Error("another error");
        if (trackbook.activeRun() !== undefined) throw new Error("the failed run is active");
        trackbook.logParam("after", 1);
        try { new PolynomialRegression(x, [1], 2); } catch (error) { if (!/same|length/.test(error.message)) throw error; }
        line();
      });`);
    expect(runs.map(ending)).toEqual(["FAILED", "FAILED", "FINISHED"]);
    expect(runs[0]?.data.params).toMatchObject({ epochs: "3" });
    expect(runs[1]?.data.params).toMatchObject({ after: "1", degree: "2" });
    expect(runs.map(({ outputs }) => outputs.modelOutputs.length)).toEqual([0, 0, 1]);
  });

  test("evaluate after the end writes to the run that trained the model, and opens or ends none", async () => {
    const runs = await run(`
      main(async () => {
        const model = network();
        await fit(model);
        const fitted = line();
        const run = trackbook.startRun({ runName: "other" });
        model.evaluate(xs(), ys());
        fitted.score(x, y);
        fitted.predict(3);
        network().evaluate(xs(), ys());
        await run.end();
        fitted.score(x, y);
      });`);
    expect(runs.map(ending)).toEqual(["FINISHED", "FINISHED", "FINISHED"]);
    expect(runs[0]?.steps("validation_loss")).toEqual([0]);
    expect(runs[1]?.steps("validation_r2")).toEqual([0, 1]);
    expect(runs[2]?.data.metrics).toEqual({});
  });

  test("a verb after a training moves its run's end; a run that was ended keeps its own", async () => {
    const runs = await run(`
      main(async () => {
        const fitted = line();
        const { endTime } = (await trackbook.getRun(trackbook.activeRun().id)).info;
        const wait = (time) => { while (Date.now() <= time); };
        wait(endTime);
        trackbook.logMetric("late", 1);
        const id = trackbook.activeRun().id;
        const moved = (await trackbook.getRun(id)).info.endTime;
        if (!(moved > endTime)) throw new Error("the end was not moved");
        await trackbook.endRun();
        wait(moved);
        fitted.score(x, y);
        await trackbook.flush();
        if ((await trackbook.getRun(id)).info.endTime !== moved) throw new Error("the end was moved");
      });`);
    expect(runs.map(ending)).toEqual(["FINISHED"]);
  });

  test("startRun ends an implicit run whose training is under way: the training ends it", async () => {
    const runs = await run(`
      main(async () => {
        const pending = fit(network(), { epochs: 2 });
        await trackbook.startRun({ runName: "mine" }, () => trackbook.logMetric("mine", 1));
        await pending;
        trackbook.logMetric("next", 1);
      });`);
    expect(runs.map(ending)).toEqual(["FINISHED", "FINISHED", "FINISHED"]);
    expect(runs[0]?.history("loss")).toHaveLength(2);
    expect(runs[1]?.data.metrics).toEqual({ mine: 1 });
    expect(runs[2]?.data.metrics).toEqual({ next: 1 });
  });
});

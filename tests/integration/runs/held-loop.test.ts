import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ending, ScriptFolder } from "./scripts";

let scripts: ScriptFolder;
beforeAll(() => {
  scripts = new ScriptFolder();
});
afterAll(() => scripts.remove());

/** A training that takes minutes in one call and says "ready" when it is well under way. */
const LONG = `
  const { RandomForestRegression } = require("ml-random-forest");
  const { DecisionTreeRegression } = require("node:module").createRequire(require.resolve("ml-random-forest"))("ml-cart");
  const original = DecisionTreeRegression.prototype.train;
  let trees = 0;
  DecisionTreeRegression.prototype.train = function (...args) {
    if (++trees === 3) require("node:fs").writeSync(1, "ready\\n");
    return original.apply(this, args);
  };
  const samples = Array.from({ length: 300 }, (_, i) => [i % 17, i % 5, i % 3]);
  new RandomForestRegression({ nEstimators: 1e6, seed: 1, noOOB: true }).train(samples, samples.map(([a, b]) => a * b));`;

describe("a training that holds the event loop", () => {
  test("is stopped by SIGINT as it would be without us, and its run is KILLED", async () => {
    const { child, ended } = await scripts.start(`trackbook.startRun(); trackbook.logMetric("before", 1); ${LONG}`);
    child.kill("SIGINT");
    const outcome = await ended();
    expect(outcome.signal).toBe("SIGINT");
    expect(outcome.runs.map(ending)).toEqual(["KILLED"]);
    expect(outcome.runs[0]?.data.metrics).toEqual({ before: 1 });
    expect(outcome.runs[0]?.data.params.nEstimators).toBe("1000000");
  });

  test("dies of SIGTERM at once; what was logged is there", async () => {
    const { child, ended } = await scripts.start(LONG);
    child.kill("SIGTERM");
    const outcome = await ended();
    expect(outcome.signal).toBe("SIGTERM");
    expect(outcome.runs[0]?.data.params.nEstimators).toBe("1000000");
  });

  test("leaves SIGINT to the user who listens to it, also from within", async () => {
    const { code, stdout, runs } = await scripts.run(`
      const points = [1, 2, 3].map((at) => ({ valueOf: () => at }));
      let heard = 0;
      // Listens from inside of the training, and hears after it.
      Object.defineProperty(points, 0, { get: () => {
        if (process.listenerCount("SIGINT") === 0) process.on("SIGINT", () => { heard += 1; console.log("heard", heard); process.exit(0); });
        return 1;
      } });
      new SimpleLinearRegression(points, [1, 2, 3]);
      setInterval(() => {}, 1000);
      setTimeout(() => process.kill(process.pid, "SIGINT"), 10);`);
    expect([code, stdout]).toEqual([0, "heard 1\n"]);
    expect(runs.map(ending)).toEqual(["FINISHED"]);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("%s ends one that never yields", async (signal) => {
    const { child, ended } = await scripts.start(`
      main(() => fit(network(), { epochs: 1e9, yieldEvery: "never", callbacks: { onEpochEnd: (epoch) => {
        if (epoch === 8) require("node:fs").writeSync(1, "ready\\n");
      } } }));`);
    child.kill(signal);
    const outcome = await ended();
    expect(outcome.signal).toBe(signal);
    expect(outcome.runs[0]?.data.params.epochs).toBe("1000000000");
  });

  test("throws what it throws, and gives what it gives", async () => {
    const { code, stdout } = await scripts.run(`
      try { new PolynomialRegression([1, 2, 3], [1, 2], 1); } catch (error) { console.log(error.constructor.name, error.message); }
      console.log(new SimpleLinearRegression(x, y).predict(3) > 6);`);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\w*Error .*\ntrue\n$/)]);
  });
});

describe("verbs in a listener of exit that was added after the first run", () => {
  test("write to the run that was open, which has its end", async () => {
    const { code, runs, stderr } = await scripts.run(`
      trackbook.startRun();
      trackbook.logMetric("a", 1);
      process.on("exit", () => {
        trackbook.logMetric("late", 2);
        trackbook.logParam("p", 3);
        trackbook.logText("x", "x.txt");
      });`);
    expect([code, stderr]).toEqual([0, ""]);
    expect(runs.map(ending)).toEqual(["FINISHED"]);
    expect(runs[0]?.data).toMatchObject({ metrics: { a: 1, late: 2 }, params: { p: "3" } });
    expect(runs[0]?.files).toContain("x.txt");
  });

  test("that open a run leave none without an end", async () => {
    const { runs } = await scripts.run(`
      trackbook.startRun().end();
      process.on("exit", () => {
        trackbook.startRun({ runName: "late" });
        trackbook.logMetric("late", 2);
        line();
      });
      process.exitCode = 4;`);
    expect(runs.map(ending).toSorted()).toEqual(["FAILED", "FINISHED"]);
    const late = runs.find(({ info }) => info.runName === "late");
    expect(late?.data.metrics).toMatchObject({ late: 2, training_r2_score: expect.any(Number) });
  });
});

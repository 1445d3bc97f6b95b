import { CURVE, type ExpectedRun, failed, fitOf, LINE } from "./expected-runs";

/** A program and the runs that it leaves. */
export interface RunCase {
  /** The cells of a notebook; one after the other they are the body of a script. They use the definitions of scripts.ts. */
  readonly cells: readonly string[];
  readonly runs: readonly ExpectedRun[];
}

const TRAIN_LINE = "new SimpleLinearRegression(x, y);";
const TRAIN_CURVE = "new PolynomialRegression(x, y, 2);";

/** Which run is active, and what becomes of it: one program for each rule. What a program sees itself it checks itself. */
export const RUN_CASES: Readonly<Record<string, RunCase>> = {
  "case 1: startRun, a training, logs by hand: one run": {
    cells: [
      `const run = trackbook.startRun({ runName: "mine" });`,
      TRAIN_LINE,
      `trackbook.logMetric("mine", 1);`,
      "await run.end();",
    ],
    runs: [{ name: "mine", metrics: { mine: [[0, 1]] }, trainings: [LINE] }],
  },
  "case 2: a training, logs by hand under activeRun(): one run": {
    cells: [
      TRAIN_LINE,
      `trackbook.activeRun().logMetric("mine", 1);
       trackbook.logParam("by hand", true);`,
      `if (trackbook.activeRun() !== trackbook.activeRun()) throw new Error("not the same object");
       if (trackbook.activeRun().status !== "FINISHED") throw new Error("not finished");`,
    ],
    runs: [{ params: { "by hand": "true" }, metrics: { mine: [[0, 1]] }, trainings: [LINE] }],
  },
  "case 3: a verb with no run, then a training: one run": {
    cells: [`trackbook.logParam("by hand", true);`, TRAIN_LINE],
    runs: [{ params: { "by hand": "true" }, trainings: [LINE] }],
  },

  "a loop that trains on is one run, its epochs count on, also after another model's training": {
    cells: [
      `const looped = network();
       for (let round = 0; round < 3; round++) await looped.fit(xs(), ys(), { epochs: 1, verbose: 0 });`,
      "await looped.fit(xs(), ys(), { epochs: 5, initialEpoch: 3, verbose: 0 });",
      "await network().fit(xs(), ys(), { epochs: 1, verbose: 0 });",
      "await looped.fit(xs(), ys(), { epochs: 1, verbose: 0 });",
      "await looped.fit(xs(), ys(), { epochs: 1, verbose: 0 });",
    ],
    runs: [{ trainings: [fitOf(1, [0, 1, 2, 3, 4, 5, 6])] }, { trainings: [fitOf(1, [0])] }],
  },
  "a loop in an explicit run trains on as well": {
    cells: [
      `const explicit = trackbook.startRun({ runName: "mine" });
       const goingOn = network();`,
      "for (let round = 0; round < 3; round++) await goingOn.fit(xs(), ys(), { epochs: 2, verbose: 0 });",
      "await explicit.end();",
    ],
    runs: [{ name: "mine", trainings: [fitOf(2, [0, 1, 2, 3, 4, 5])] }],
  },
  "other hyperparameters, or another model, are another run": {
    cells: [
      `const model = network();
       await model.fit(xs(), ys(), { epochs: 1, verbose: 0 });`,
      "await model.fit(xs(), ys(), { epochs: 1, batchSize: 2, verbose: 0 });",
      TRAIN_LINE,
      TRAIN_LINE,
    ],
    runs: [
      { trainings: [fitOf(1, [0])] },
      { trainings: [fitOf(1, [0], { batch_size: "2" })] },
      { trainings: [LINE] },
      { trainings: [LINE] },
    ],
  },

  "several trainings in one run: all of the second is under -2, of the third under -3": {
    cells: [
      `const several = trackbook.startRun({ runName: "mine" });`,
      "await network().fit(xs(), ys(), { epochs: 2, verbose: 0 });",
      TRAIN_CURVE,
      "await network().fit(xs(), ys(), { epochs: 1, verbose: 0 });",
      "await several.end();",
    ],
    runs: [{ name: "mine", trainings: [fitOf(2, [0, 1]), CURVE, fitOf(1, [0])] }],
  },
  "a nested run is a child, and its parent goes on after it": {
    cells: [
      `const parent = trackbook.startRun({ runName: "parent" });`,
      `const child = trackbook.startRun({ runName: "child", nested: true });
       ${TRAIN_LINE}
       await child.end();`,
      TRAIN_CURVE,
      "await parent.end();",
    ],
    runs: [
      { name: "parent", trainings: [CURVE] },
      { name: "child", parent: "parent", trainings: [LINE] },
    ],
  },

  // The first training cannot end before its gate is opened.
  "trainings begun without awaiting the former are runs of their own, verbs go to the last": {
    cells: [
      `const opens = [];
       const gate = new Promise((resolve) => opens.push(resolve));
       const shared = network();
       const first = shared.fit(xs(), ys(), { epochs: 2, verbose: 0, callbacks: { onEpochEnd: async () => { await gate; } } });`,
      "const refused = await shared.fit(xs(), ys(), { epochs: 2, verbose: 0 }).catch((error) => error);",
      "await network().fit(xs(), ys(), { epochs: 3, verbose: 0 });",
      `if (!(refused instanceof Error)) throw new Error("tfjs trains a model only once at a time");
       trackbook.logMetric("mine", 1);
       opens[0]();
       await first;`,
      `trackbook.logMetric("mine", 2, { step: 1 });`,
    ],
    runs: [
      { trainings: [fitOf(2, [0, 1])] },
      { status: "FAILED", trainings: [failed(fitOf(2, []))] },
      {
        metrics: {
          mine: [
            [0, 1],
            [1, 2],
          ],
        },
        trainings: [fitOf(3, [0, 1, 2])],
      },
    ],
  },
  "trainings at once, each in startRun with a function, are unmixed and leak into nothing later": {
    cells: [
      `await Promise.all([1, 2].map((number) => trackbook.startRun({ runName: "run " + number }, async () => {
         await network().fit(xs(), ys(), { epochs: number, verbose: 0 });
         trackbook.logParam("number", number);
       })));`,
      `if (trackbook.activeRun() !== undefined) throw new Error("a run is left");
       trackbook.logParam("number", "none");`,
    ],
    runs: [
      { name: "run 1", params: { number: "1" }, trainings: [fitOf(1, [0])] },
      { name: "run 2", params: { number: "2" }, trainings: [fitOf(2, [0, 1])] },
      { params: { number: "none" } },
    ],
  },
  "startRun with a function waits for a training that nobody awaits": {
    cells: [
      `await trackbook.startRun({ runName: "mine" }, () => {
         void network().fit(xs(), ys(), { epochs: 2, verbose: 0 });
       });`,
      `if (trackbook.activeRun() !== undefined) throw new Error("a run is left");`,
    ],
    runs: [{ name: "mine", trainings: [fitOf(2, [0, 1])] }],
  },
  "startRun ends an implicit run whose training is under way: the training ends it": {
    cells: [
      `const starts = [];
       const started = new Promise((resolve) => starts.push(resolve));
       const pending = network().fit(xs(), ys(), { epochs: 2, verbose: 0, callbacks: { onEpochEnd: async () => { await started; } } });`,
      `await trackbook.startRun({ runName: "mine" }, () => trackbook.logMetric("mine", 1));`,
      `starts[0]();
       await pending;`,
      `trackbook.logMetric("mine", 2);`,
    ],
    runs: [
      { trainings: [fitOf(2, [0, 1])] },
      { name: "mine", metrics: { mine: [[0, 1]] } },
      { metrics: { mine: [[0, 2]] } },
    ],
  },

  "another experiment ends a run that nobody opened, the same one does not": {
    cells: [
      `trackbook.setExperiment("A");`,
      TRAIN_LINE,
      `trackbook.setExperiment("A");
       trackbook.logMetric("mine", 1);`,
      `trackbook.setExperiment("B");
       if (trackbook.activeRun() !== undefined) throw new Error("the run of A is active");`,
      `trackbook.logMetric("mine", 2);`,
      TRAIN_CURVE,
    ],
    runs: [
      { experiment: "A", metrics: { mine: [[0, 1]] }, trainings: [LINE] },
      { experiment: "B", metrics: { mine: [[0, 2]] }, trainings: [CURVE] },
    ],
  },
  "so it does while its training is under way, which ends it": {
    cells: [
      `const leaves = [];
       const left = new Promise((resolve) => leaves.push(resolve));
       const inDefault = network().fit(xs(), ys(), { epochs: 2, verbose: 0, callbacks: { onEpochEnd: async () => { await left; } } });`,
      `trackbook.setExperiment("B");
       trackbook.logMetric("mine", 1);
       leaves[0]();
       await inDefault;`,
      `trackbook.logMetric("mine", 2, { step: 1 });`,
    ],
    runs: [
      { trainings: [fitOf(2, [0, 1])] },
      {
        experiment: "B",
        metrics: {
          mine: [
            [0, 1],
            [1, 2],
          ],
        },
      },
    ],
  },
  "a model that trains on in another experiment does so on a run of that one": {
    cells: [
      `const moving = network();
       await moving.fit(xs(), ys(), { epochs: 1, verbose: 0 });`,
      TRAIN_LINE,
      `trackbook.setExperiment("B");
       await moving.fit(xs(), ys(), { epochs: 1, verbose: 0 });`,
    ],
    runs: [{ trainings: [fitOf(1, [0])] }, { trainings: [LINE] }, { experiment: "B", trainings: [fitOf(1, [0])] }],
  },
  "a run of startRun stays where it was opened, and active": {
    cells: [
      `const staying = trackbook.startRun({ runName: "mine" });
       trackbook.setExperiment("B");`,
      TRAIN_LINE,
      "await staying.end();",
      `trackbook.logMetric("mine", 1);`,
    ],
    runs: [
      { name: "mine", trainings: [LINE] },
      { experiment: "B", metrics: { mine: [[0, 1]] } },
    ],
  },

  "a training that fails: its run is FAILED with its params, not used again; the very error comes back": {
    cells: [
      `const failure = new Error("stop");
       const onEpochEnd = (epoch) => { if (epoch === 1) throw failure; };
       const caught = await network().fit(xs(), ys(), { epochs: 3, verbose: 0, callbacks: { onEpochEnd } }).catch((error) => error);
       if (caught !== failure) throw new Error("another error");`,
      `if (trackbook.activeRun() !== undefined) throw new Error("the failed run is active");
       trackbook.logParam("by hand", true);`,
      "try { new PolynomialRegression(x, [1], 2); } catch {}",
      TRAIN_LINE,
    ],
    runs: [
      { status: "FAILED", trainings: [failed(fitOf(3, []), { loss: [0, 1], learning_rate: [0, 1] })] },
      { status: "FAILED", params: { "by hand": "true" }, trainings: [failed(CURVE)] },
      { trainings: [LINE] },
    ],
  },
  "a training that fails in an explicit run leaves the run as it is": {
    cells: [
      `const tolerant = trackbook.startRun({ runName: "mine" });`,
      "try { new PolynomialRegression(x, [1], 2); } catch {}",
      TRAIN_LINE,
      "await tolerant.end();",
    ],
    runs: [{ name: "mine", trainings: [failed(CURVE), LINE] }],
  },

  "evaluate, score and predict after the end write to the run that trained the model, and open or end none": {
    cells: [
      `const trained = network();
       await trained.fit(xs(), ys(), { epochs: 1, verbose: 0 });`,
      "const fitted = new SimpleLinearRegression(x, y);",
      `const other = trackbook.startRun({ runName: "other" });
       trained.evaluate(xs(), ys());`,
      `fitted.score(x, y);
       fitted.predict(3);
       trained.predict(xs());
       network().evaluate(xs(), ys());`,
      "await other.end();",
      "fitted.score(x, y);",
    ],
    runs: [
      { metrics: { validation_loss: [0] }, trainings: [fitOf(1, [0])] },
      {
        metrics: { validation_r: [0, 1], validation_r2: [0, 1], validation_chi2: [0, 1], validation_rmsd: [0, 1] },
        trainings: [LINE],
      },
      { name: "other" },
    ],
  },
};

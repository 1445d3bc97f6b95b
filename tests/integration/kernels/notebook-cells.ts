import { innerOfDeno } from "../../support/installed-folder";

const LOADED = [
  ["activeRun", "autolog", "dataset", "endRun", "getExperiment", "logMetric", "logModel", "searchExperiments"],
  ["searchLoggedModels", "searchRuns", "startRun", "TrackingClient"],
].flat();
const SHOWING = ["compareRuns", "showMetric", "showRun", "showRuns"];

/** What loads the packages; the source is left out, since Deno's kernel does not tell a cell's. The rest of a notebook is the same in both kernels. */
const LOADING = {
  tslab: `
    import { ${LOADED.join(", ")} } from "trackbook";
    import { ${SHOWING.join(", ")} } from "trackbook/notebook";
    autolog({ logSource: false });
    import { SimpleLinearRegression } from "ml-regression";
    import * as tf from "@tensorflow/tfjs";`,
  deno: `
    const { ${LOADED.join(", ")} } = ${innerOfDeno("index.js")};
    const { ${SHOWING.join(", ")} } = ${innerOfDeno("notebook/index.js")};
    autolog({ logSource: false });
    const require = (await import("node:module")).createRequire(Deno.cwd() + "/");
    const { SimpleLinearRegression } = require("ml-regression");
    const tf = require("@tensorflow/tfjs");`,
} as const;

/** The first cell: loads everything and makes a model that trains the same each time. */
export const firstCell = (kernel: keyof typeof LOADING): string => `${LOADING[kernel]}
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: "zeros" })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const [x, y] = [tf.tensor2d([1, 2, 3, 4], [4, 1]), tf.tensor2d([1, 3, 5, 7], [4, 1])];
  undefined`;

/** A cell that leaves one output, and what its text says. */
export interface ShowingCell {
  readonly title: string;
  readonly code: string;
  readonly says: RegExp;
  /** What the last frame of its output holds. */
  readonly last: string;
  readonly status?: "error";
}

const ALL_RUNS = `{ orderBy: ["attributes.start_time ASC"] }`;

/** In their order: later ones show what earlier ones have trained. */
export const SHOWING_CELLS: readonly ShowingCell[] = [
  {
    title: "a training that blocks the event loop has its card when its cell ends",
    code: "const line = new SimpleLinearRegression([1, 2, 3, 4], [1, 3, 5, 7]); undefined",
    says: /✓ finished .*ml-regression\.SimpleLinearRegression/,
    last: "finished",
  },
  {
    title: "a training of many epochs is one card, updated in place, with its last frame",
    code: "await model.fit(x, y, { epochs: 40, verbose: 0 }); undefined",
    says: /✓ finished .*tfjs\.Sequential[\s\S]*epoch 40 \/ 40/,
    last: "finished",
  },
  {
    title: "a loop of single epochs is one card",
    code: `
      for (let i = 0; i < 5; i++)
        await model.fit(x, y, { epochs: 1, verbose: 0, batchSize: 2, shuffle: false });
      undefined`,
    says: /✓ finished[\s\S]*epoch 5 \/ 5/,
    last: "epoch 5 / 5",
  },
  {
    title: "a training that fails says why",
    code: "await model.fit(tf.tensor2d([[1, 2]]), y, { epochs: 1, verbose: 0 });",
    says: /✕ failed[\s\S]*input expected a batch/,
    last: "✕ failed",
    status: "error",
  },
  {
    title: "showRun, of the run that failed: it still says why",
    code: "await showRun()",
    says: /✕ failed[\s\S]*input expected a batch/,
    last: "text/html",
  },
  {
    title: "showRuns",
    code: `
      for (const [index, { info }] of (await searchRuns(${ALL_RUNS})).entries())
        await new TrackingClient().setTag(info.runId, "mlflow.runName", "run-" + index);
      await showRuns()`,
    says: /runs +4 runs[\s\S]*✕ failed[\s\S]*✓ finished/,
    last: "text/html",
  },
  {
    title: "showMetric",
    code: `await showMetric("loss", await searchRuns(${ALL_RUNS}))`,
    says: /^loss/,
    last: "text/html",
  },
  {
    title: "compareRuns",
    code: `await compareRuns(await searchRuns(${ALL_RUNS}))`,
    says: /^comparison +4 runs/,
    last: "text/html",
  },
  {
    title: "found runs as a last expression",
    code: `const found = await searchRuns(${ALL_RUNS}); found`,
    says: /4 runs[\s\S]*✕ failed/,
    last: "text/html",
  },
  { title: "one found run", code: "found[1]", says: /✓ finished .*tfjs\.Sequential/, last: "text/html" },
  {
    title: "a run that is being written",
    code: `const run = startRun({ runName: "otter" }); for (let step = 0; step < 3; step++) logMetric("loss", 3 - step, { step }); run`,
    says: /^● running +otter[\s\S]*1 @2/,
    last: "text/html",
  },
  { title: "the active run", code: "activeRun()", says: /^● running +otter/, last: "text/html" },
  {
    title: "a model that was logged",
    code: `const info = await logModel(line, "line", { inputExample: [[1], [2]] }); await endRun(); info`,
    says: /^model +line +ml-regression[\s\S]*models:\/m-/,
    last: "text/html",
  },
  {
    title: "a model that is read",
    code: "await new TrackingClient().getLoggedModel(info.modelId)",
    says: /^model +line[\s\S]*models:\/m-/,
    last: "text/html",
  },
  {
    title: "found models",
    code: "await searchLoggedModels()",
    says: /^models +4[\s\S]*model +line/,
    last: "text/html",
  },
  {
    title: "found experiments",
    code: "await searchExperiments()",
    says: /^experiment[\s\S]*Default/,
    last: "text/html",
  },
  { title: "an experiment", code: `await getExperiment("0")`, says: /^experiment[\s\S]*Default/, last: "text/html" },
  {
    title: "a data set",
    code: `dataset([{ bill: 39.1, mass: 3750 }], { name: "penguins" })`,
    says: /^data set penguins · 1 × 2/,
    last: "text/html",
  },
];

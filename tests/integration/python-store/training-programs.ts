/** A program that fills its `./mlruns` by trainings that record themselves and by the fluent verbs; goes with the definitions of ../runs/scripts.ts. */
export const FILL_BY_TRAINING = `
const { RandomForestClassifier } = require("ml-random-forest");
trackbook.autolog({ tfjs: { everyNSteps: 2 } });
const many = Array.from({ length: 40 }, (_, i) => i);

function logAllKinds() {
  trackbook.logParam("nested/name", { a: [1, null] });
  trackbook.logParams({ text: "é\\n", flag: true, nothing: undefined, date: new Date(0) });
  trackbook.logMetrics({ one: 1, infinite: -Infinity }, { step: 7 });
  trackbook.setTags({ "tag one": 1, "é/ü": "" });
  const rows = trackbook.dataset([{ a: 1, b: "x" }], { name: "rows", targets: "b", source: "data/rows.csv" });
  trackbook.logInput(rows, { context: "test" });
  trackbook.logText("hé\\n", "notes/é.txt");
  trackbook.logDict({ a: [1, null] }, "d.yaml");
  trackbook.logTable([{ a: 1, b: "é" }, { a: null }], "tables/t.json");
  trackbook.logFigure("<svg xmlns='http://www.w3.org/2000/svg'/>", "f.svg");
  trackbook.logImage({ data: [0, 128, 255, 0], width: 2, height: 2 }, "images", { step: 3 });
}

main(async () => {
  trackbook.setExperiment("trained: é");
  trackbook.setExperimentTag("team", "a b");
  await fit(network(), { epochs: 3, validationSplit: 0.4 });
  new PolynomialRegression(x, y, 2);
  trackbook.logMetric("by hand", NaN, { step: -1 });
  const options = { runName: "several", tags: { stage: "dev" }, description: "two trainings\\nand verbs" };
  await trackbook.startRun(options, async () => {
    new RandomForestClassifier({ nEstimators: 20, seed: 1 }).train(
      many.map((i) => [i, i % 5]),
      many.map((i) => Number(i > 20)),
    );
    await fit(network(), { epochs: 2 });
    logAllKinds();
  });
  try {
    new PolynomialRegression(x, [1], 2);
  } catch {}
});
`;

/** A program that is given a run by MLFLOW_TRACKING_URI and RUN, and goes on with it by a training. */
export const GO_ON_BY_TRAINING = `
main(async () => {
  const run = trackbook.startRun({ runId: process.env.RUN });
  new PolynomialRegression(x, y, 3);
  trackbook.logMetric("shared", 9, { step: 9 });
  await run.end();
});
`;

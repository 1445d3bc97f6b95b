/**
 * The chapter that every course on MLflow begins with, told in JavaScript: an elastic net with its two parameters from the
 * command line, runs compared, the best model registered, loaded, installed elsewhere, served, and asked over HTTP.
 *
 *     npm install trackbook @tensorflow/tfjs ml-regression ml-random-forest vega-datasets
 *     node tutorial.mjs [alpha] [l1_ratio]
 *
 * How far does a car go on a gallon? 392 cars of 1970 to 1982, described by five numbers each.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { RandomForestRegression } from "ml-random-forest";
import { MultivariateLinearRegression } from "ml-regression";
import {
  autolog,
  dataset,
  downloadArtifacts,
  flush,
  inferSignature,
  loadModel,
  logInput,
  logMetrics,
  logModel,
  logParams,
  searchRuns,
  startRun,
  TrackingClient,
} from "trackbook";

const alpha = Number(process.argv[2] ?? 0.5);
const l1Ratio = Number(process.argv[3] ?? 0.5);
const PORT = Number(process.env.PORT ?? 5001);

// — 1. The data ————————————————————————————————————————————————————————————————————————————————————————————————————————————

const FEATURES = ["Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration"];
const TARGET = "Miles_per_Gallon";

const require = createRequire(import.meta.url);
const file = join(dirname(require.resolve("vega-datasets")), "../data/cars.json");
const cars = JSON.parse(readFileSync(file, "utf8")).filter((car) =>
  [...FEATURES, TARGET].every((name) => car[name] !== null),
);

// Every fourth car is held back for the test.
const train = cars.filter((_, row) => row % 4 !== 0);
const test = cars.filter((_, row) => row % 4 === 0);
const columnsOf = (rows) => rows.map((car) => Object.fromEntries(FEATURES.map((name) => [name, car[name]])));
const matrixOf = (rows) => rows.map((car) => FEATURES.map((name) => car[name]));
const targetOf = (rows) => rows.map((car) => car[TARGET]);

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const centers = FEATURES.map((name) => mean(train.map((car) => car[name])));
const deviations = FEATURES.map((name, index) =>
  Math.sqrt(mean(train.map((car) => (car[name] - centers[index]) ** 2))),
);

/** How good predictions are: the three numbers of the chapter. */
function evaluate(actual, predicted) {
  const residuals = actual.map((value, row) => value - predicted[row]);
  const squares = residuals.map((residual) => residual ** 2);
  const center = mean(actual);
  return {
    rmse: Math.sqrt(mean(squares)),
    mae: mean(residuals.map(Math.abs)),
    r2: 1 - mean(squares) / mean(actual.map((value) => (value - center) ** 2)),
  };
}

// — 2. An elastic net ——————————————————————————————————————————————————————————————————————————————————————————————————————

/**
 * Least squares with both penalties, as scikit-learn weighs them: a dense layer of one unit on standardised features. scikit-learn
 * minimises 1/2n·‖y − Xw‖² + α·ρ·‖w‖₁ + ½·α·(1 − ρ)·‖w‖₂², TensorFlow.js the mean of the squares and its penalties: twice that.
 */
async function fitElasticNet(alpha, l1Ratio) {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 1,
        inputShape: [FEATURES.length],
        kernelInitializer: "zeros",
        kernelRegularizer: tf.regularizers.l1l2({ l1: 2 * alpha * l1Ratio, l2: alpha * (1 - l1Ratio) }),
      }),
    ],
  });
  const standardised = matrixOf(train).map((row) =>
    row.map((value, index) => (value - centers[index]) / deviations[index]),
  );
  const [x, y] = [tf.tensor2d(standardised), tf.tensor2d(targetOf(train), [train.length, 1])];
  // All rows in each step, and ever shorter steps: the edge of ‖w‖₁ is met closely.
  for (const [rate, epochs] of [
    [0.05, 150],
    [0.005, 150],
    [0.0005, 100],
  ]) {
    model.compile({ optimizer: tf.train.momentum(rate, 0.9), loss: "meanSquaredError" });
    await model.fit(x, y, { epochs, batchSize: train.length, shuffle: false, verbose: 0 });
  }
  tf.dispose([x, y]);
  return model;
}

/** The same line for cars as they are: the scaling goes into the weights, so that whoever asks need not know of it. */
function forRawFeatures(model) {
  const [kernel, bias] = model.getWeights().map((tensor) => Array.from(tensor.dataSync()));
  const weights = kernel.map((weight, index) => weight / deviations[index]);
  const offset = bias[0] - weights.reduce((sum, weight, index) => sum + weight * centers[index], 0);
  const raw = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [FEATURES.length] })] });
  raw.setWeights([tf.tensor2d(weights, [FEATURES.length, 1]), tf.tensor1d([offset])]);
  return raw;
}

const predictionsOf = (model, rows) => Array.from(model.predict(tf.tensor2d(matrixOf(rows))).dataSync());
const signatureOf = (predicted) => inferSignature(columnsOf(test), predicted);

/** One run: params, data, quality, the model with its signature, registered under a name. */
async function elasticNetRun(alpha, l1Ratio) {
  const name = `elasticnet_alpha_${alpha}_l1_${l1Ratio}`;
  return startRun({ runName: name }, async (run) => {
    logParams({ alpha, l1_ratio: l1Ratio });
    logInput(dataset(train, { name: "cars", targets: TARGET, source: "npm:vega-datasets" }), { context: "train" });
    const net = await fitElasticNet(alpha, l1Ratio);
    const model = forRawFeatures(net);
    const predicted = predictionsOf(model, test);
    const metrics = evaluate(targetOf(test), predicted);
    logMetrics(metrics);
    await logModel(model, name, {
      signature: signatureOf(predicted),
      inputExample: columnsOf(test.slice(0, 3)),
      registeredModelName: "elasticnet-cars",
    });
    const weights = Array.from(net.getWeights()[0].dataSync());
    console.log(
      `elastic net (alpha=${alpha}, l1_ratio=${l1Ratio})  ${shown(metrics)}  weights ${JSON.stringify(weights)}`,
    );
    return run.id;
  });
}

const shown = (metrics) =>
  Object.entries(metrics)
    .map(([name, value]) => `${name} ${value.toFixed(4)}`)
    .join("  ");

// Models are kept by hand here, under names of their own; everything else of each training is recorded by itself.
autolog({ logModels: false, logDatasets: false, everyNEpochs: 50, display: "none" });

// Experiment 0 is there from the beginning; the client gives it a better name.
const client = new TrackingClient();
await client.renameExperiment("0", "cars");

await elasticNetRun(alpha, l1Ratio);

// — 3. Others to compare with ——————————————————————————————————————————————————————————————————————————————————————————————

for (const alpha of [0.1, 0.2, 1]) for (const l1Ratio of [0.3, 0.7]) await elasticNetRun(alpha, l1Ratio);

await startRun({ runName: "linear_regression" }, async () => {
  const model = new MultivariateLinearRegression(
    matrixOf(train),
    targetOf(train).map((value) => [value]),
  );
  const predicted = model.predict(matrixOf(test)).map(([value]) => value);
  const metrics = evaluate(targetOf(test), predicted);
  logMetrics(metrics);
  await logModel(model, "linear_regression", { signature: signatureOf(predicted) });
  console.log(`linear regression  ${shown(metrics)}`);
});

for (const nEstimators of [10, 50, 100])
  await startRun({ runName: `random_forest_n_${nEstimators}` }, async () => {
    const model = new RandomForestRegression({ nEstimators, seed: 42, maxFeatures: 0.8, noOOB: true });
    model.train(matrixOf(train), targetOf(train));
    const predicted = model.predict(matrixOf(test));
    const metrics = evaluate(targetOf(test), predicted);
    logMetrics(metrics);
    await logModel(model, `random_forest_n_${nEstimators}`, {
      signature: signatureOf(predicted),
      registeredModelName: "forest-cars",
    });
    console.log(`forest of ${nEstimators}  ${shown(metrics)}`);
  });
await flush();

// — 4. The best of them ————————————————————————————————————————————————————————————————————————————————————————————————————

const runs = await searchRuns({ experimentNames: ["cars"], orderBy: ["metrics.rmse ASC"] });
console.log(
  String(
    runs
      .slice(0, 5)
      .map(({ info, data }) => `${info.runName.padEnd(32)} rmse ${data.metrics.rmse.toFixed(4)}`)
      .join("\n"),
  ),
);
const [best] = await searchRuns({
  experimentNames: ["cars"],
  filter: "attributes.run_name LIKE 'elasticnet%'",
  orderBy: ["metrics.rmse ASC"],
  maxResults: 1,
});
console.log(`best elastic net: ${best.info.runName}`);

// — 5. Registered, and loaded by path and by alias ——————————————————————————————————————————————————————————————————————————

const versions = await client.searchModelVersions({
  filter: `name = 'elasticnet-cars' AND run_id = '${best.info.runId}'`,
});
await client.setRegisteredModelAlias("elasticnet-cars", "champion", versions[0].version);

// A folder of this machine: where the model lies, or a copy of it when a server keeps it.
const folder = await downloadArtifacts(best.info.runName, undefined, { runId: best.info.runId });
const [byPath, byAlias] = [await loadModel(folder), await loadModel("models:/elasticnet-cars@champion")];
const asked = columnsOf(test.slice(0, 3));
console.log(`signature: ${byPath.signature}`);
console.log(`by path:   ${JSON.stringify(await byPath.predict(asked))}`);
console.log(`by alias:  ${JSON.stringify(await byAlias.predict(asked))}`);

// — 6. Installed and served ————————————————————————————————————————————————————————————————————————————————————————————————

// JavaScript's requirements.txt: exactly the packages that the model was trained with.
execFileSync("npm", ["ci", "--no-audit", "--no-fund"], {
  cwd: folder,
  stdio: "pipe",
  shell: process.platform === "win32",
});

const trackbook = join(dirname(fileURLToPath(import.meta.resolve("trackbook"))), "cli/index.js");
const server = spawn(
  process.execPath,
  [trackbook, "models", "serve", "-m", "models:/elasticnet-cars@champion", "-p", String(PORT)],
  {
    stdio: ["ignore", "pipe", "inherit"],
  },
);
const [line] = await once(createInterface({ input: server.stdout }), "line");
console.log(line);

const response = await fetch(`http://127.0.0.1:${PORT}/invocations`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ dataframe_split: { columns: FEATURES, data: matrixOf(test.slice(0, 3)) } }),
});
console.log(`over HTTP: ${response.status} ${JSON.stringify((await response.json()).predictions)}`);
server.kill("SIGTERM");
await once(server, "exit");

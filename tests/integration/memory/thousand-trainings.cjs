// Trains a thousand times in one process, libraries in turns, and prints what is in use after each half.
const [, , built, folder] = process.argv;
const { autolog, flush, setTrackingUri } = require(built);
const tf = require("@tensorflow/tfjs");
const { RandomForestClassifier } = require("ml-random-forest");
const { SimpleLinearRegression } = require("ml-regression");

const { sourceThread } = require(`${built}/autolog/recording/source-thread.js`);

setTrackingUri(folder);
autolog();

const rows = Array.from({ length: 30 }, (_, index) => [index, (index * 7) % 11]);
const targets = rows.map(([first, second]) => 2 * first + second);
const classes = rows.map(([first]) => (first < 15 ? 0 : 1));
const [xs, ys] = [tf.tensor2d(rows), tf.tensor2d(targets, [30, 1])];

async function trainNetwork() {
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 1 })] });
  const optimizer = tf.train.sgd(0.0001);
  model.compile({ optimizer, loss: "meanSquaredError" });
  await model.fit(xs, ys, { epochs: 2, verbose: 0 });
  model.dispose();
  optimizer.dispose();
}

const trainings = [
  () =>
    new SimpleLinearRegression(
      rows.map(([first]) => first),
      targets,
    ),
  () => new RandomForestClassifier({ nEstimators: 3, seed: 1, noOOB: true }).train(rows, classes),
  trainNetwork,
  () =>
    new SimpleLinearRegression(
      rows.map(([, second]) => second),
      targets,
    ),
];

async function inUse() {
  await flush();
  // The thread that has read the sources ends when it is not asked for a while.
  while (sourceThread.isRunning) await new Promise((resolve) => setTimeout(resolve, 100));
  // What a finalizer frees is gone only after another collection.
  for (let round = 0; round < 4; round++) {
    global.gc();
    await new Promise(setImmediate);
  }
  const { numTensors, numBytes, numDataBuffers } = tf.memory();
  const { heapUsed, external } = process.memoryUsage();
  return {
    bytes: heapUsed + external,
    resources: process.getActiveResourcesInfo().toSorted(),
    files: require("node:fs").readdirSync("/proc/self/fd").length,
    tensors: { numTensors, numBytes, numDataBuffers },
  };
}

async function main() {
  const found = [];
  for (let count = 1; count <= 1000; count++) {
    await trainings[count % trainings.length]();
    if (count % 500 === 0) found.push(await inUse());
  }
  console.log(JSON.stringify(found));
}

void main();

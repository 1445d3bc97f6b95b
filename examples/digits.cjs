/**
 * Reads digits off a little seven-segment display: a convolutional network on pictures that are drawn here, trained one
 * epoch at a time in a loop of our own, which stops as soon as the validation is good enough.
 *
 *     npm install trackbook @tensorflow/tfjs
 *     node digits.cjs
 *
 * `fit` of the same model with the same options goes on with its run: the loop is one run, and its epochs count on.
 */
const tf = require("@tensorflow/tfjs");
require("trackbook").autolog();

const HEIGHT = 10;
const WIDTH = 8;
const MOST_EPOCHS = 30;
const GOOD_ENOUGH = 0.97;

/** The pixels of each segment: rows and columns from … to, both included. */
const SEGMENTS = {
  a: [0, 0, 1, 4],
  b: [0, 3, 4, 4],
  c: [3, 6, 4, 4],
  d: [6, 6, 1, 4],
  e: [3, 6, 1, 1],
  f: [0, 3, 1, 1],
  g: [3, 3, 1, 4],
};
const LIT = ["abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg"];

/** One picture of a digit as rows of pixels, moved a little and noisy. */
function draw(digit) {
  const down = Math.floor(Math.random() * 3);
  const right = Math.floor(Math.random() * 3);
  const pixels = Array.from({ length: HEIGHT }, () => Array.from({ length: WIDTH }, () => 0.3 * Math.random()));
  for (const segment of LIT[digit]) {
    const [top, bottom, left, end] = SEGMENTS[segment];
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= end; column++) pixels[row + down][column + right] += 0.7;
  }
  return pixels;
}

function pictures(count) {
  const digits = Array.from({ length: count }, (_, index) => index % LIT.length);
  return {
    xs: tf.tensor3d(digits.map(draw)).expandDims(-1),
    ys: tf.oneHot(tf.tensor1d(digits, "int32"), LIT.length),
  };
}

function network() {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [HEIGHT, WIDTH, 1], filters: 8, kernelSize: 3, activation: "relu" }));
  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dropout({ rate: 0.1 }));
  model.add(tf.layers.dense({ units: LIT.length, activation: "softmax" }));
  model.compile({ optimizer: tf.train.adam(0.01), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

async function main() {
  const train = pictures(400);
  const validation = pictures(100);
  const model = network();
  for (let epoch = 1; epoch <= MOST_EPOCHS; epoch++) {
    const { history } = await model.fit(train.xs, train.ys, {
      epochs: 1,
      batchSize: 25,
      validationData: [validation.xs, validation.ys],
      verbose: 0,
    });
    const values = Object.entries(history).map(([name, [value]]) => `${name} ${value.toFixed(6)}`);
    console.log(`epoch ${epoch}  ${values.join("  ")}`);
    if (history.val_acc[0] >= GOOD_ENOUGH) break;
  }

  const test = pictures(100);
  const [loss, accuracy] = model.evaluate(test.xs, test.ys);
  console.log(`test  loss ${loss.dataSync()[0].toFixed(6)}  acc ${accuracy.dataSync()[0].toFixed(6)}`);
}

main();

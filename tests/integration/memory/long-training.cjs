// One training of 8,000 epochs: prints the bytes in use after forced collections at each quarter of it.
const [, , dist, store] = process.argv;
const trackbook = require(dist);
const tf = require("@tensorflow/tfjs");

const EPOCHS = 8000;
trackbook.setTrackingUri(store);
trackbook.autolog({ logModels: false, silent: true });

const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
const xs = tf.tensor2d([1, 2], [2, 1]);
const quarters = [];

void (async () => {
  await model.fit(xs, xs, {
    epochs: EPOCHS,
    verbose: 0,
    yieldEvery: "never",
    callbacks: {
      onEpochEnd: (epoch) => {
        if ((epoch + 1) % (EPOCHS / 4) !== 0) return;
        global.gc();
        quarters.push(process.memoryUsage().heapUsed);
      },
    },
  });
  console.log(JSON.stringify(quarters));
})();

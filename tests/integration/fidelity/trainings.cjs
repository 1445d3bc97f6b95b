// Trains in every way that is compared with and without trackbook, and writes what came out to outcome.json, bytes as hexadecimal.
const { createHash } = require("node:crypto");
const { writeFileSync } = require("node:fs");
const regressions = require("ml-regression");
const { RandomForestClassifier, RandomForestRegression } = require("ml-random-forest");
const tf = require("@tensorflow/tfjs");

let state = 11;
Math.random = () => {
  state = (state * 1103515245 + 12345) % 2 ** 31;
  return state / 2 ** 31;
};

const outcome = {};
const unhandled = [];
process.on("unhandledRejection", (reason) => unhandled.push(String(reason)));

const bytes = (values) => Buffer.from(Float64Array.from(values).buffer).toString("hex");
const digest = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex");
const freeze = (value) => {
  if (value && typeof value === "object" && !ArrayBuffer.isView(value) && !(value instanceof tf.Tensor)) {
    for (const inner of Object.values(value)) freeze(inner);
    Object.freeze(value);
  }
  return value;
};

const x = freeze(Array.from({ length: 30 }, (_, row) => row / 7 + 0.5));
const y = freeze(x.map((value, row) => 2 * value + Math.sin(row)));
const rows = freeze(x.map((value, row) => [value, row % 5, Math.cos(row)]));
const columns = freeze(y.map((value) => [value]));
const classes = freeze(x.map((_, row) => row % 3));

function regression(name, model, input) {
  outcome[name] = {
    json: digest(model),
    predictions: bytes(model.predict(input).flat()),
    isInstance: model instanceof (regressions[name] ?? regressions.NLR?.[name] ?? Object),
    constructorName: model.constructor.name,
    ownKeys: Object.keys(model),
  };
}

function trainRegressions() {
  const { SimpleLinearRegression, PolynomialRegression, ExponentialRegression, PowerRegression } = regressions;
  const { TheilSenRegression, RobustPolynomialRegression, MultivariateLinearRegression, NLR } = regressions;
  regression("SimpleLinearRegression", new SimpleLinearRegression(x, y), x);
  regression("PolynomialRegression", new PolynomialRegression(x, y, 3), x);
  regression("ExponentialRegression", new ExponentialRegression(x, y), x);
  regression("PowerRegression", new PowerRegression(x, y), x);
  regression("TheilSenRegression", new TheilSenRegression(x, y), x);
  regression("RobustPolynomialRegression", new RobustPolynomialRegression(x, y, 2), x);
  regression("PotentialRegression", new NLR.PotentialRegression(x, y, 2), x);
  regression("MultivariateLinearRegression", new MultivariateLinearRegression(rows, columns), rows);
  for (const wrong of [() => new SimpleLinearRegression(x, [1]), () => new PolynomialRegression()]) {
    try {
      wrong();
    } catch (error) {
      outcome[`error ${error.message}`] = error.constructor.name;
    }
  }
  class Mine extends SimpleLinearRegression {
    twice(value) {
      return 2 * this.predict(value);
    }
  }
  const mine = new Mine(x, y);
  outcome.subclass = [mine.twice(3), mine instanceof SimpleLinearRegression, mine.constructor === Mine, Mine.name];
  const loaded = SimpleLinearRegression.load(JSON.parse(JSON.stringify(mine)));
  outcome.loaded = [loaded.predict(3), loaded instanceof SimpleLinearRegression];
}

function trainForests() {
  const options = freeze({ seed: 3, maxFeatures: 0.8, replacement: true, nEstimators: 8, noOOB: true });
  const classifier = new RandomForestClassifier(options);
  classifier.train(rows, classes);
  const regressor = new RandomForestRegression(options);
  regressor.train(rows, y);
  outcome.classifier = [digest(classifier), bytes(classifier.predict(rows))];
  outcome.regressor = [digest(regressor), bytes(regressor.predict(rows))];
  // Takes its numbers from Math.random.
  const unseeded = new RandomForestRegression({ nEstimators: 4, noOOB: true });
  unseeded.train(rows, y);
  outcome.unseeded = bytes(unseeded.predict(rows));
}

const dense = (units, more) =>
  tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotNormal({ seed: 5 }), ...more });

function sequential() {
  const model = tf.sequential({ layers: [dense(4, { inputShape: [3], activation: "tanh" }), dense(1)] });
  model.compile({ optimizer: tf.train.adam(0.05), loss: "meanSquaredError", metrics: ["mae"] });
  return model;
}

function functional() {
  const input = tf.input({ shape: [3] });
  const model = tf.model({ inputs: input, outputs: dense(1).apply(dense(3).apply(input)) });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  return model;
}

const tensors = () => [tf.tensor2d(rows), tf.tensor2d(columns)];
const batches = () => {
  const data = { xs: tf.data.array(rows), ys: tf.data.array(columns) };
  return tf.data.zip(data).batch(8);
};

async function network(name, model, train) {
  const { predict } = model;
  const events = [];
  const onEpochEnd = (epoch, logs) => void events.push([epoch, logs]);
  const before = tf.memory().numTensors;
  const { history, epoch } = await train(model, onEpochEnd);
  outcome[name] = {
    weights: model.getWeights().map((weight) => bytes(weight.dataSync())),
    predictions: bytes(tf.tidy(() => model.predict(tf.tensor2d(rows)).dataSync())),
    history,
    epoch,
    events,
    tensors: tf.memory().numTensors - before,
    samePredict: model.predict === predict,
  };
}

async function trainNetworks() {
  const [inputs, targets] = tensors();
  const common = { epochs: 4, batchSize: 8, shuffle: true, verbose: 0 };
  for (const [name, make] of Object.entries({ sequential, functional })) {
    await network(`${name}.fit`, make(), (model, onEpochEnd) =>
      model.fit(inputs, targets, freeze({ ...common, validationSplit: 0.2, callbacks: { onEpochEnd } })),
    );
    await network(`${name}.fit without callbacks`, make(), (model) =>
      model.fit(inputs, targets, freeze({ ...common })),
    );
    await network(`${name}.fitDataset`, make(), (model, onEpochEnd) =>
      model.fitDataset(batches(), { epochs: 3, verbose: 0, validationData: batches(), callbacks: { onEpochEnd } }),
    );
    await network(`${name} in a loop`, make(), async (model) => {
      let last;
      for (let round = 0; round < 3; round++) last = await model.fit(inputs, targets, { ...common, epochs: 1 });
      return last;
    });
  }
  const stopping = () => tf.callbacks.earlyStopping({ monitor: "loss", patience: 0, minDelta: 100 });
  await network("early stopping", sequential(), (model) =>
    model.fit(inputs, targets, { ...common, callbacks: [stopping()] }),
  );

  const failure = new Error("mine");
  const failed = sequential();
  const rejected = await failed
    .fit(inputs, targets, {
      ...common,
      callbacks: {
        onEpochEnd: () => {
          throw failure;
        },
      },
    })
    .catch((error) => error);
  outcome.sameError = rejected === failure;
  const wrong = await sequential()
    .fit(tf.ones([2, 9]), targets, common)
    .catch((error) => error);
  outcome.wrongShape = [wrong.constructor.name, wrong.message];
  const scores = sequential()
    .evaluate(inputs, targets)
    .map((scalar) => bytes(scalar.dataSync()));
  outcome.evaluation = scores;

  // Nobody waits for these.
  void sequential().fit(tf.ones([2, 9]), targets, common);
  while (unhandled.length === 0) await new Promise((resolve) => setImmediate(resolve));
  outcome.memory = tf.memory().numTensors;
}

trainRegressions();
trainForests();
trainNetworks().then(() => {
  outcome.unhandled = unhandled;
  outcome.random = Math.random();
  writeFileSync("outcome.json", JSON.stringify(outcome));
});

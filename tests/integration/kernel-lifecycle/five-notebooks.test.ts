import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createInstalledFolder, LIBRARIES } from "../../support/installed-folder";
import { PATIENCE } from "../../support/kernel";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { KERNELS, Notebook } from "./notebook";

const NOTEBOOKS = [0, 1, 2, 3, 4];
const ROUNDS = 4;

interface PythonRun {
  readonly status: string;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly histories: Readonly<Record<string, readonly (readonly [step: number, value: number])[]>>;
}

const steps = (run: PythonRun | undefined, key: string) => run?.histories[key]?.map(([step]) => step);

describeWithParts(["python", "tslab", "node20", "node26"], "five notebooks and Python on one mlruns", (paths) => {
  test("all runs are complete and none is mixed with another, read by Python", async () => {
    const folder = createInstalledFolder(...LIBRARIES);
    const notebooks = await Promise.all(
      NOTEBOOKS.map((number) => Notebook.open(KERNELS[number % 2]?.name as string, paths, folder)),
    );
    const script = join(__dirname, "five_notebooks.py");
    const store = join(folder, "mlruns");
    try {
      const python = runPython(paths.python.python, script, { args: ["write", store, String(ROUNDS * 5)] });
      await Promise.all(
        notebooks.map((notebook, number) =>
          notebook.cell(`
            trackbook.setExperiment("shared");
            for (let round = 0; round < ${ROUNDS}; round++) {
              const epochs = ${10 * (number + 1)} + round;
              await trackbook.startRun({ tags: { notebook: "${number}", round: String(round) } }, async () => {
                await fit({ epochs });
                trackbook.logMetric("mine", ${number}, { step: round });
              });
              await trackbook.startRun({ tags: { notebook: "${number}", round: "line " + round } }, () => line());
            }
            undefined`),
        ),
      );
      await python;
      const runs = await runPython<readonly PythonRun[]>(paths.python.python, script, { args: ["read", store] });
      expect(runs).toHaveLength(NOTEBOOKS.length * ROUNDS * 2 + ROUNDS * 5);
      expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(["FINISHED"]));
      const runOf = (number: number | "python", round: number | string) => {
        const found = runs.filter(({ tags }) => tags.notebook === String(number) && tags.round === String(round));
        expect(found).toHaveLength(1);
        return found[0];
      };
      for (const number of NOTEBOOKS)
        for (let round = 0; round < ROUNDS; round++) {
          const epochs = 10 * (number + 1) + round;
          const run = runOf(number, round);
          expect(run?.params.epochs).toBe(String(epochs));
          expect(steps(run, "loss")).toEqual(Array.from({ length: epochs }, (_, step) => step));
          expect(run?.histories.mine).toEqual([[round, number]]);
          expect(runOf(number, `line ${round}`)?.tags.estimator_name).toBe("SimpleLinearRegression");
        }
      for (let round = 0; round < ROUNDS * 5; round++)
        expect(runOf("python", round)?.histories.mine).toEqual(Array.from({ length: 10 }, (_, step) => [step, round]));
      expect(await Promise.all(notebooks.map((notebook) => notebook.shutdown(PATIENCE)))).toEqual([0, 0, 0, 0, 0]);
    } finally {
      await Promise.all(notebooks.map((notebook) => notebook.close()));
      rmSync(folder, { recursive: true, force: true });
    }
  }, 600_000);
});

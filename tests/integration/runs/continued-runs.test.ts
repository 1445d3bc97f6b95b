import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ending, type ModuleKind, ScriptFolder } from "./scripts";

let scripts: ScriptFolder;
beforeAll(() => {
  scripts = new ScriptFolder();
});
afterAll(() => scripts.remove());

describe.each<ModuleKind>(["cjs", "mjs"])("in a script (%s)", (kind) => {
  async function run(body: string) {
    const { code, stderr, runs } = await scripts.run(body, kind, { TRACKBOOK_TESTING: "1" });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    return runs;
  }

  test("a run that is gone on with in another process counts its trainings on", async () => {
    const child = `
      const trackbook = require("trackbook");
      trackbook.autolog();
      const { PolynomialRegression } = require("ml-regression");
      new PolynomialRegression([1, 2, 3, 4], [1, 2, 3, 5], 1);
      trackbook.logParam("child", 1);`;
    const runs = await run(`
      main(async () => {
        const { execFileSync } = await import("node:child_process");
        const run = trackbook.startRun();
        new PolynomialRegression(x, y, 3);
        const env = { ...process.env, MLFLOW_RUN_ID: run.id };
        execFileSync(process.execPath, ["-e", ${JSON.stringify(child)}], { env });
        await run.end();
      });`);
    expect(runs.map(ending)).toEqual(["FINISHED"]);
    expect(runs[0]?.data.params).toMatchObject({ degree: "3", "degree-2": "1", child: "1" });
    expect(runs[0]?.files).toContain("model-2/MLmodel");
  });

  test("a verb after a training moves its run's end; a run that was ended keeps its own", async () => {
    const runs = await run(`
      main(async () => {
        const fitted = line();
        const { endTime } = (await trackbook.getRun(trackbook.activeRun().id)).info;
        const wait = (time) => { while (Date.now() <= time); };
        wait(endTime);
        trackbook.logMetric("late", 1);
        const id = trackbook.activeRun().id;
        const moved = (await trackbook.getRun(id)).info.endTime;
        if (!(moved > endTime)) throw new Error("the end was not moved");
        await trackbook.endRun();
        wait(moved);
        fitted.score(x, y);
        await trackbook.flush();
        if ((await trackbook.getRun(id)).info.endTime !== moved) throw new Error("the end was moved");
      });`);
    expect(runs.map(ending)).toEqual(["FINISHED"]);
  });
});

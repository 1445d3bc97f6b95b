import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { ScriptFolder } from "./scripts";

interface PythonRun {
  readonly status: string;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly histories: Readonly<Record<string, readonly (readonly [number, number | string])[]>>;
  readonly artifacts: readonly string[];
  readonly tables: Readonly<Record<string, readonly unknown[]>>;
  readonly models: readonly string[];
}

describeWithParts(["python"], "what a script logged, read by Python", ({ python }) => {
  let scripts: ScriptFolder;
  beforeAll(() => {
    scripts = new ScriptFolder();
  });
  afterAll(() => scripts.remove());

  const read = (folder: string) =>
    runPython<readonly PythonRun[]>(python.python, join(__dirname, "read_runs.py"), { args: [join(folder, "mlruns")] });

  test("the three cases, a failing training and two trainings in one run", async () => {
    const { code, folder } = await scripts.run(`
      main(async () => {
        const explicit = trackbook.startRun({ runName: "one" });
        line();
        trackbook.logMetric("mine", 1);
        await explicit.end();
        line();
        trackbook.activeRun().logMetric("mine", 2);
        await trackbook.endRun();
        trackbook.logParam("first", "a verb");
        line();
        try { new SimpleLinearRegression(x, [1]); } catch {}
        await trackbook.startRun(() => { line(); new PolynomialRegression(x, y, 2); });
      });`);
    expect(code).toBe(0);
    const runs = await read(folder);
    expect(runs.map(({ status }) => status)).toEqual(["FINISHED", "FINISHED", "FINISHED", "FAILED", "FINISHED"]);
    expect(runs.map(({ models }) => models.length)).toEqual([1, 1, 1, 0, 2]);
    expect(runs[0]?.tags["mlflow.runName"]).toBe("one");
    expect(runs.map(({ histories }) => histories.mine)).toEqual([[[0, 1]], [[0, 2]], undefined, undefined, undefined]);
    expect(runs[2]?.params).toEqual({ first: "a verb" });
    expect(runs[4]?.params).toMatchObject({ "degree-2": "2" });
    expect(runs[4]?.artifacts).toEqual(["model", "model-2", "source"]);
  });

  test("tables, images, files, numbers that are none, and a name in another script", async () => {
    const { folder } = await scripts.run(`
      const run = trackbook.startRun();
      trackbook.logTable([{ name: "a", value: 1 }, { name: "b", value: null }], "tables/t.json");
      trackbook.logTable({ value: [3], more: ["x"] }, "tables/t.json");
      trackbook.logImage({ data: [0, 255], width: 2, height: 1 }, "grey.png");
      trackbook.logImage({ data: [0, 255], width: 2, height: 1 }, "series/of images", { step: 2 });
      trackbook.logDict({ a: [1, { b: "ß" }] }, "config.yaml");
      trackbook.logMetric("x", NaN, { step: -1 });
      trackbook.logMetric("x", Infinity);
      trackbook.logMetric("x", -Infinity, { step: 1 });
      trackbook.logParam("größe/损失", "<img src=x onerror=alert(1)>");`);
    const [run] = await read(folder);
    expect(run?.tables).toEqual({
      "tables/t.json": [
        { name: "a", value: 1, more: null },
        { name: "b", value: null, more: null },
        { name: null, value: 3, more: "x" },
      ],
    });
    expect(run?.histories.x).toEqual([
      [-1, "nan"],
      [0, "inf"],
      [1, "-inf"],
    ]);
    expect(run?.params).toEqual({ "größe/损失": "<img src=x onerror=alert(1)>" });
    expect(run?.artifacts).toEqual(["config.yaml", "grey.png", "images", "tables"]);
    expect(run?.tags["mlflow.loggedImages"]).toBe("True");
  });
});

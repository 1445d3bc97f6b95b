import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithParts } from "../../support/parts";
import { readByPython } from "./python-runs";
import { ScriptFolder } from "./scripts";

describeWithParts(["python"], "what a script logged, read by Python", ({ python }) => {
  let scripts: ScriptFolder;
  beforeAll(() => {
    scripts = new ScriptFolder();
  });
  afterAll(() => scripts.remove());

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
    const [[run] = []] = await readByPython(python.python, [join(folder, "mlruns")]);
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

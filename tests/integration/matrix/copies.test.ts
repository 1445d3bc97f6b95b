import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { createInstalledFolder, PACKAGE } from "../../support/installed-folder";
import { runScript } from "../../support/run-script";

const LIBRARY = ["ml-regression-simple-linear", "ml-regression-base", "is-any-array"];

let folder: string;
beforeAll(() => {
  folder = createInstalledFolder("ml-regression", "yaml", "semver", "picocolors", "pngjs", "ts-morph");
  const inner = join(folder, "node_modules/dependency/node_modules");
  mkdirSync(inner, { recursive: true });
  writeFileSync(
    join(inner, "../index.js"),
    `exports.trackbook = () => require("trackbook");
     exports.library = () => require("ml-regression-simple-linear");`,
  );
  for (const name of LIBRARY)
    cpSync(join(REPOSITORY, "node_modules", name), join(inner, name), { recursive: true, dereference: true });
  for (const part of ["dist", "package.json"])
    cpSync(join(PACKAGE, part), join(inner, "trackbook", part), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TRAIN = `
  const x = [1, 2, 3], y = [2, 4, 7];
  console.log(JSON.stringify(one.SLR !== two.SimpleLinearRegression));
  new one.SLR(x, y);
  new two.SimpleLinearRegression(x, y);`;

describe("two copies of a library in one program are both recorded", () => {
  test("when trackbook came before them", async () => {
    const { runs, printed } = await runScript(
      folder,
      "early.cjs",
      `require("trackbook").autolog({ logSource: false });
       const one = require("ml-regression"), two = require("dependency").library();${TRAIN}`,
    );
    expect(printed).toBe(true);
    expect(runs.map(({ info, inputs }) => [info.status, inputs.datasetInputs.length])).toEqual([
      ["FINISHED", 1],
      ["FINISHED", 1],
    ]);
  });

  test("when trackbook came after them, and the program holds the classes", async () => {
    const { runs, printed } = await runScript(
      folder,
      "late.cjs",
      `const { SLR } = require("ml-regression"), { SimpleLinearRegression } = require("dependency").library();
       const one = { SLR }, two = { SimpleLinearRegression };
       require("trackbook").autolog({ logSource: false });${TRAIN}`,
    );
    expect(printed).toBe(true);
    expect(runs.map(({ info, inputs }) => [info.status, inputs.datasetInputs.length])).toEqual([
      ["FINISHED", 1],
      ["FINISHED", 1],
    ]);
  });
});

test.each([
  ["before", ""],
  ["after", `const { SLR } = require("ml-regression");`],
])("two copies of trackbook record a training once, on one run, loaded %s the library", async (_when, first) => {
  const { runs, printed, stderr } = await runScript(
    folder,
    "two.cjs",
    `${first}
     const one = require("trackbook"), two = require("dependency").trackbook();
     two.autolog({ logSource: false });
     one.autolog({ logSource: false });
     ${first === "" ? `const { SLR } = require("ml-regression");` : ""}
     new SLR([1, 2, 3], [2, 4, 7]);
     one.logMetric("by one", 1);
     two.logMetric("by two", 2);
     const same = one.activeRun().id === two.activeRun().id;
     one.autolog({ disable: true });
     new SLR([1, 2, 3], [2, 4, 7]);
     console.log(JSON.stringify([one !== two, same]));`,
  );
  expect(stderr).toBe("");
  expect(printed).toEqual([true, true]);
  expect(runs).toHaveLength(1);
  expect(runs[0]?.data.metrics).toMatchObject({ "by one": 1, "by two": 2, training_r2_score: expect.any(Number) });
});

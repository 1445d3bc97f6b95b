import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runNode } from "../../support/run-node";
import { type FoundRun, runsIn } from "../libraries/recorded-runs";
import { installedFolder } from "./scripts";
import { modelFiles } from "../../support/model-files";

let installed: string;
beforeAll(() => {
  installed = installedFolder();
});
afterAll(() => rmSync(installed, { recursive: true, force: true }));

/** Runs a program; the source that its runs point at, in the order of their trainings. */
async function run(file: string, program: string, args: readonly string[] = []) {
  const folder = mkdtempSync(join(installed, "program-"));
  writeFileSync(join(folder, file), program);
  const ended = await runNode(process.execPath, [...args, file], folder, { TRACKBOOK_TESTING: "1" });
  if (ended.code !== 0) throw new Error(ended.stderr);
  return runsIn(join(folder, "mlruns"));
}

const COMMON = `
require("trackbook").autolog();
const { SimpleLinearRegression } = require("ml-regression");
const x = [1, 2, 3], y = [2, 4, 6];
`;

/** The lines of the program that a run's tag names, and the artifact. */
function sourceOf(found: FoundRun | undefined, file: string, program: string, suffix = "") {
  const tag = found?.data.tags[`trackbook.source.segment${suffix}`] ?? "";
  const [, name, first, last] = /^(.*):(\d+)-(\d+)$/.exec(tag) ?? [];
  expect(name).toBe(file);
  const lines = program.split("\n").slice(Number(first) - 1, Number(last));
  return { lines: lines.join("\n").trim(), segment: found?.text(`source/segment${suffix}.ts`) ?? "" };
}

describe("the source of a training is its statement and the function around it", () => {
  test.each([
    ["at the top level", "const fitted = new SimpleLinearRegression(x, y);", undefined],
    [
      "in a loop",
      "for (const k of [1]) {\n  const z = y.map((v) => v * k);\n  new SimpleLinearRegression(x, z);\n}",
      undefined,
    ],
    ["over several lines", "const fitted = new SimpleLinearRegression(\n  x,\n  y,\n);", undefined],
  ])("%s", async (_, statement) => {
    const program = `${COMMON}${statement}\n`;
    const [found] = await run("script.cjs", program);
    const { lines, segment } = sourceOf(found, "script.cjs", program);
    expect(lines).toBe(statement);
    expect(segment).toContain(statement);
    expect(segment).not.toContain("// in ");
  });

  test.each([
    [
      "a function",
      "function train(data) {\n  const before = 1;\n  return new SimpleLinearRegression(data, y);\n}\ntrain(x);",
      "train",
    ],
    [
      "an arrow function",
      "const train = (data) => {\n  const before = 1;\n  return new SimpleLinearRegression(data, y);\n};\ntrain(x);",
      "train",
    ],
    [
      "a method",
      "class Lab {\n  train(data) {\n    const before = 1;\n    return new SimpleLinearRegression(data, y);\n  }\n}\nnew Lab().train(x);",
      "train",
    ],
  ])("in %s", async (_, code, name) => {
    const program = `${COMMON}${code}\n`;
    const [found] = await run("script.cjs", program);
    const { lines, segment } = sourceOf(found, "script.cjs", program);
    expect(lines).toBe("return new SimpleLinearRegression(data, y);");
    expect(segment).toContain(`// in ${name}, script.cjs:`);
    expect(segment).toContain("const before = 1;");
  });

  test("in an ES module, also after an await", async () => {
    const program = [
      'import { autolog } from "trackbook";',
      'import { SimpleLinearRegression } from "ml-regression";',
      "autolog();",
      "await null;",
      "const fitted = new SimpleLinearRegression([1, 2], [2, 4]);",
    ].join("\n");
    const [found] = await run("script.mjs", program);
    expect(sourceOf(found, "script.mjs", program).lines).toBe(program.split("\n")[4]);
  });

  test("in TypeScript run by tsx, where lines are those of the source", async () => {
    const program = [
      'import { autolog } from "trackbook";',
      'import { SimpleLinearRegression } from "ml-regression";',
      "interface Data {",
      "  readonly x: readonly number[];",
      "  readonly y: readonly number[];",
      "}",
      "autolog();",
      "",
      "function train({ x, y }: Data): number {",
      "  const fitted = new SimpleLinearRegression([...x], [...y]);",
      "  return fitted.slope;",
      "}",
      "train({ x: [1, 2], y: [2, 4] });",
    ].join("\n");
    const [found] = await run("script.ts", program, ["--import", "tsx"]);
    const { lines, segment } = sourceOf(found, "script.ts", program);
    expect(lines).toBe("const fitted = new SimpleLinearRegression([...x], [...y]);");
    expect(segment).toContain("function train({ x, y }: Data): number {");
  });

  test("of an awaited fit, and of the second training of a run under its suffix", async () => {
    const program = `${COMMON}
const tf = require("@tensorflow/tfjs");
const { startRun } = require("trackbook");
async function main() {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  startRun();
  await model.fit(tf.ones([2, 1]), tf.ones([2, 1]), { verbose: 0 });
  new SimpleLinearRegression(x, y);
}
void main();
`;
    const [found, ...others] = await run("script.cjs", program);
    expect(others).toEqual([]);
    expect(sourceOf(found, "script.cjs", program).lines).toMatch(/^await model\.fit/);
    expect(sourceOf(found, "script.cjs", program, "-2").lines).toBe("new SimpleLinearRegression(x, y);");
  });

  test("read in a thread of its own where the program waits for it", async () => {
    const program = `${COMMON}
new SimpleLinearRegression(x, y);
require("trackbook").flush().then(() => {
  const own = Object.keys(require.cache).filter((file) => file.includes("ts-morph"));
  if (own.length > 0) throw new Error(own.join());
});
`;
    const [found] = await run("script.cjs", program);
    expect(sourceOf(found, "script.cjs", program).segment).toContain("new SimpleLinearRegression(x, y);");
  });

  test("is not kept with logSource: false", async () => {
    const program = COMMON.replace("autolog()", "autolog({ logSource: false })");
    const [found] = await run("script.cjs", `${program}new SimpleLinearRegression(x, y);`);
    expect(found?.files).toEqual(modelFiles("model.json"));
    expect(found?.data.tags).not.toHaveProperty("trackbook.source.segment");
  });
});

test("an untested version of a library is recorded with a warning, or left alone where that is asked for", async () => {
  const program = (options: string) => `
const trackbook = require("trackbook");
const { integrations } = require(require.resolve("trackbook").replace(/index\\.js$/, "libraries"));
const known = integrations.find(({ name }) => name === "ml-regression");
const packages = Object.fromEntries(Object.keys(known.packages).map((name) => [name, "^99.0.0"]));
trackbook.registerIntegration({ ...known, packages });
trackbook.autolog(${options});
const { SimpleLinearRegression } = require("ml-regression");
new SimpleLinearRegression([1, 2], [2, 4]);
trackbook.logParam("end", 1);
`;
  const counts = async (options: string) =>
    (await run("script.cjs", program(options))).map(({ outputs }) => outputs.modelOutputs.length);
  expect(await counts("{}")).toEqual([1]);
  expect(await counts("{ disableForUnsupportedVersions: true }")).toEqual([0]);
});

// Models that are modules of the project's own: CommonJS, an ES module and TypeScript, with a package, artifacts and files that they import.
const { mkdirSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");

const FILES = {
  "src/common.cjs": `
    const { readFileSync } = require("node:fs");
    const { Matrix } = require("ml-matrix");
    const { shift } = require("../lib/shift");
    module.exports = class {
      load({ artifacts }) { this.weights = new Matrix(JSON.parse(readFileSync(artifacts.weights, "utf8"))); }
      predict(rows) { return new Matrix(rows.map(({ a, b }) => [a, b])).mmul(this.weights).add(shift); }
    };`,
  "lib/shift.js": "exports.shift = 1 / 3;",
  "src/module.mjs": `
    import { readFile } from "node:fs/promises";
    import { Matrix } from "ml-matrix";
    import { gain } from "./gain.mjs";
    let weights;
    export async function load({ artifacts }) { weights = new Matrix(JSON.parse(await readFile(artifacts.weights, "utf8"))); }
    export const predict = (rows, { times = 1 }) => new Matrix(rows).mmul(weights).mul(gain * times).to2DArray();`,
  "src/gain.mjs": "export const gain = 0.1;",
  "src/typed.ts": `
    import type { Row } from "./row";
    import { Matrix } from "ml-matrix";
    import { Side } from "./side";
    export const predict = (rows: readonly Row[]): unknown[] =>
      rows.map(({ a, b }) => ({ side: Side[Matrix.rowVector([a, b]).mean() > 1.5 ? Side.High : Side.Low], sum: a + b }));`,
  "src/row.ts": "export interface Row { readonly a: number; readonly b: number }",
  "src/side.ts": "export enum Side { Low, High }",
  "weights.json": JSON.stringify([
    [Math.random(), -1],
    [0.5, Math.random()],
  ]),
};

/** What each is asked, and what it says here. */
exports.functions = async () => {
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  const artifacts = { weights: "weights.json" };
  const rows = Array.from({ length: 50 }, () => ({ a: 3 * Math.random(), b: 3 * Math.random() }));
  const matrix = rows.map(({ a, b }) => [a, b]);

  const Common = require("./src/common.cjs");
  const common = new Common();
  common.load({ artifacts });
  const { load, predict } = await import("./src/module.mjs");
  await load({ artifacts });
  const typed = rows.map(({ a, b }) => ({ side: (a + b) / 2 > 1.5 ? "High" : "Low", sum: a + b }));
  return [
    {
      name: "CommonJS",
      model: { module: "src/common.cjs", artifacts },
      input: rows,
      expected: common.predict(rows).to2DArray(),
    },
    { name: "ES module", model: { module: "src/module.mjs", artifacts }, input: matrix, expected: predict(matrix, {}) },
    { name: "TypeScript", model: { module: "src/typed.ts" }, input: rows, expected: typed },
  ];
};

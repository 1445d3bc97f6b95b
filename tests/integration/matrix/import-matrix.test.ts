import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NODE_MAJORS } from "../../../scripts/parts/nodes";
import { REPOSITORY } from "../../../scripts/repository";
import { MATRIX_NOTEBOOKS, runMatrixNotebook } from "../../support/matrix-cells";
import type { MatrixOutcomes } from "../../support/matrix-outcome";
import { LOADERS, type LoaderName, ORDERS } from "../../support/matrix-programs";
import { createInstalledFolder, LIBRARIES, linkPackage } from "../../support/installed-folder";
import { runMatrixProgram } from "../../support/matrix-run";
import { matrixDocument, type MatrixRow } from "../../support/matrix-table";
import { requirePart } from "../../support/parts";

// No cell may be partial. Two classes keep too little of what they were given to be seen from outside when they were bound before trackbook:
// MultivariateLinearRegression (x, y) and KernelRidgeRegression (outputs, lambda). Both hand it to ml-matrix, through its exports: watched while such
// a constructor runs, these tell (see `calls` in src/libraries/ml-regression/estimators.ts). What is left for libraries of the
// user's own is tested in tests/unit/autolog-hooks.

const DOCUMENT = join(REPOSITORY, "docs/import-matrix.md");
const TIMEOUT = 600_000;

const rows: MatrixRow[] = [];
let installed: string;
beforeAll(() => {
  installed = createInstalledFolder(...LIBRARIES);
});
afterAll(() => rmSync(installed, { recursive: true, force: true }));

const allFull = (outcomes: MatrixOutcomes) =>
  expect(Object.fromEntries(Object.entries(outcomes).filter(([, outcome]) => outcome !== "full"))).toEqual({});

/** Two at a time. */
async function inPairs<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}

describe.each(NODE_MAJORS)(
  "on Node %i every training is recorded in full, whatever the order of the imports",
  (major) => {
    const loaders = Object.keys(LOADERS) as LoaderName[];
    test.each(loaders)("by %s", { timeout: TIMEOUT }, async (loader) => {
      const { node } = requirePart(`node${major}`);
      const found: Record<string, MatrixOutcomes> = {};
      await inPairs(ORDERS, async (order) => {
        found[order] = await runMatrixProgram({ node, installed, loader, order });
      });
      for (const order of ORDERS) rows.push({ node: major, loader, order, outcomes: found[order] as MatrixOutcomes });
      for (const order of ORDERS) allFull(found[order] as MatrixOutcomes);
    });

    test("by tslab's cells", { timeout: TIMEOUT }, async () => {
      requirePart(`node${major}`);
      const kernel = { name: `tslab-node${major}`, ...requirePart("python"), ...requirePart("tslab") };
      const found: MatrixRow[][] = [];
      await inPairs([...MATRIX_NOTEBOOKS.entries()], async ([index, notebook]) => {
        const outcomes = await runMatrixNotebook(notebook, kernel);
        found[index] = outcomes.map(([order, cell]) => ({ node: major, loader: "tslab", order, outcomes: cell }));
      });
      rows.push(...found.flat());
      for (const { outcomes } of found.flat()) allFull(outcomes);
    });
  },
);

test("with the native backend too", { timeout: TIMEOUT }, async () => {
  const { folder } = requirePart("tfjs-node");
  const name = "@tensorflow/tfjs-node";
  linkPackage(installed, name, join(folder, "node_modules", name));
  for (const major of [20, 24] as const) {
    const { node } = requirePart(`node${major}`);
    const found: Record<string, MatrixOutcomes> = {};
    await inPairs(ORDERS, async (order) => {
      found[order] = await runMatrixProgram({ node, installed, loader: "CommonJS", order, tensorflow: name });
    });
    for (const order of ORDERS) {
      const outcomes = found[order] as MatrixOutcomes;
      rows.push({ node: major, loader: "CommonJS, tfjs-node", order, outcomes });
      allFull(outcomes);
    }
  }
});

test("the table in docs/ says so (UPDATE_IMPORT_MATRIX=1 writes it)", () => {
  for (const part of [...NODE_MAJORS.map((major) => `node${major}` as const), "tslab", "tfjs-node"] as const)
    requirePart(part);
  const table = matrixDocument(rows);
  console.log(table);
  if (process.env.UPDATE_IMPORT_MATRIX === "1") writeFileSync(DOCUMENT, table);
  expect(readFileSync(DOCUMENT, "utf8")).toBe(table);
});

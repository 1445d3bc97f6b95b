import ts from "typescript";
import { expect, test } from "vitest";
import { repositoryTexts } from "../../support/repository-files";

const predictors = repositoryTexts("src/libraries", (path) => path.endsWith("/predictor.ts"));

/** What the compiled module loads when it runs. */
function loads(text: string): readonly string[] {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  return outputText.match(/\brequire\([^)]*\)|\bimport\(/g)?.filter((call) => !outputText.includes(`.${call}`)) ?? [];
}

test("a predictor loads nothing by itself: its copy in a model's folder runs where trackbook is not installed", () => {
  expect([...predictors.keys()].length).toBeGreaterThan(2);
  for (const [path, text] of predictors) expect(loads(text), path).toEqual([]);
});

test("a predictor that would is noticed", () => {
  expect(loads('import { readFileSync } from "node:fs"; readFileSync("x");')).toEqual(['require("node:fs")']);
  expect(loads('const load = () => import("./x");')).toHaveLength(1);
  expect(
    loads('import type { X } from "./x"; export const x = (source: X) => source.require("ml-regression");'),
  ).toEqual([]);
});

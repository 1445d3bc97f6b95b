import { cpSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NODE_MAJORS } from "../../../scripts/parts/nodes";
import { createInstalledFolder, PACKAGE } from "../../support/installed-folder";
import { requirePart } from "../../support/parts";
import { runScript, type ScriptResult } from "../../support/run-script";

const resolve = createRequire(__filename).resolve;
const VITEST = join(dirname(resolve("vitest/package.json")), "vitest.mjs");

/** What trackbook itself needs. */
const DEPENDENCIES = ["yaml", "semver", "picocolors", "pngjs", "ts-morph"];

const TRAIN = `
const rows = [[1, 2], [2, 1], [3, 5], [4, 4]];
new SLR([1, 2, 3], [2, 4, 7]);
new MultivariateLinearRegression(rows, [[1], [2], [3], [4]]);
new RandomForestRegression({ nEstimators: 3, noOOB: true }).train(rows, [1, 2, 3, 4]);`;
const TRACKBOOK = `import { autolog } from "trackbook";`;
const LIBRARIES = `import { SLR, MultivariateLinearRegression } from "ml-regression";
import { RandomForestRegression } from "ml-random-forest";`;
const AUTOLOG = "autolog({ logSource: false });";

const ORDERS = [
  ["trackbook first", [TRACKBOOK, LIBRARIES, AUTOLOG, TRAIN].join("\n")],
  ["libraries first", [LIBRARIES, TRACKBOOK, AUTOLOG, TRAIN].join("\n")],
] as const;

/** The source of every CommonJS file is given by a hook, as tools that transform or measure code do. */
const GIVE_SOURCE = `
  if (result.format !== "commonjs" || !url.startsWith("file:")) return result;
  return { ...result, source: readFileSync(fileURLToPath(url), "utf8") };`;
const READ = `import { readFileSync } from "node:fs";\nimport { fileURLToPath } from "node:url";`;
const FILES = {
  "sync-hooks.mjs": `${READ}\nimport { registerHooks } from "node:module";
    registerHooks({ load(url, context, next) { const result = next(url, context); ${GIVE_SOURCE} } });`,
  "async-hooks.mjs": `import { register } from "node:module";\nregister("./hooks.mjs", import.meta.url);`,
  "hooks.mjs": `${READ}\nexport async function load(url, context, next) { const result = await next(url, context); ${GIVE_SOURCE} }`,
};

const TS_NODE = {
  TS_NODE_TRANSPILE_ONLY: "true",
  TS_NODE_COMPILER_OPTIONS: `{ "module": "commonjs", "esModuleInterop": true }`,
};

let folder: string;
beforeAll(() => {
  folder = createInstalledFolder(
    "ml-regression",
    "ml-random-forest",
    "tsx",
    "ts-node",
    "typescript",
    "vitest",
    ...DEPENDENCIES,
  );
  // Vitest compiles what does not lie in node_modules: here trackbook must really lie there.
  const installed = join(folder, "node_modules/trackbook");
  rmSync(installed);
  for (const part of ["dist", "package.json"]) cpSync(join(PACKAGE, part), join(installed, part), { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function expectAll({ code, stderr, runs }: ScriptResult): void {
  expect(code, stderr).toBe(0);
  const seen = runs.map(({ info, data, inputs }) => [
    data.tags.estimator_name,
    info.status,
    inputs.datasetInputs.length,
  ]);
  expect(seen.sort()).toEqual([
    ["MultivariateLinearRegression", "FINISHED", 1],
    ["RandomForestRegression", "FINISHED", 1],
    ["SimpleLinearRegression", "FINISHED", 1],
  ]);
}

describe.each(NODE_MAJORS)("on Node %i every training is recorded in full", (major) => {
  describe.each(ORDERS)("with %s", (_title, source) => {
    test("beside tsx as a preload", async () => {
      const { node } = requirePart(`node${major}`);
      expectAll(await runScript(folder, "script.mts", source, { node, args: ["--import", "tsx"] }));
      expectAll(await runScript(folder, "script.ts", source, { node, args: ["--import", "tsx"] }));
      expectAll(await runScript(folder, "script.ts", source, { node, args: ["--require", "tsx/cjs"] }));
    });

    test("by ts-node", async () => {
      const { node } = requirePart(`node${major}`);
      expectAll(
        await runScript(folder, "script.cts", source, { node, args: ["--require", "ts-node/register"], env: TS_NODE }),
      );
    });

    // Node 20 compiles no types, and with such hooks it cannot load ml-regression at all, with trackbook or without.
    if (major === 20) return;

    test("by Node's own stripping of types", async () => {
      const { node } = requirePart(`node${major}`);
      expectAll(await runScript(folder, "script.mts", source, { node }));
    });

    test("beside hooks that give the source of CommonJS", async () => {
      const { node } = requirePart(`node${major}`);
      expectAll(await runScript(folder, "script.mjs", source, { node, args: ["--import", "./sync-hooks.mjs"] }));
      expectAll(await runScript(folder, "script.mjs", source, { node, args: ["--import", "./async-hooks.mjs"] }));
    });
  });
});

test.each(ORDERS)("in a vitest suite every training is recorded in full, with %s", async (_title, source) => {
  const file = "training.test.mts";
  const suite = source.replace(TRAIN, `test("trains", async () => {${TRAIN}\nawait flush(); });`);
  const imports = `import { test } from "vitest";\nimport { flush } from "trackbook";`;
  const libraryFirst = source.startsWith(LIBRARIES);
  const text = libraryFirst ? `${suite}\n${imports}` : `${imports}\n${suite}`;
  const args = [VITEST, "run", "--root", folder, "--testTimeout", "120000"];
  expectAll(await runScript(folder, file, text, { args }));
});

import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE, startKernel } from "../../support/kernel";
import { describeWithParts } from "../../support/parts";
import { runNode } from "../../support/run-node";
import { createInstalledFolder } from "../../support/installed-folder";
import { DEFINITIONS, GREETING, type ModuleKind } from "./scripts";

/** A store that nobody answers for: whoever asks it is told at once. */
const ENVIRONMENT = {
  TRACKBOOK_MODE: "disabled",
  TRACKBOOK_TESTING: "1",
  MLFLOW_TRACKING_URI: "http://127.0.0.1:9",
  MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING: "true",
};

/** Where hooks would be. */
const HOOKED = ["ml-regression", "ml-regression-simple-linear", "ml-random-forest", "@tensorflow/tfjs-layers"];

/** What the user's program does with trackbook. */
const RECORD = `
  trackbook.autolog();
  trackbook.setExperiment("mine");
  trackbook.startRun({ runName: "one", logSystemMetrics: true });
  trackbook.logParams({ rate: 0.1 });
  for (let step = 0; step < 1000; step++) trackbook.logMetric("loss", step, { step });
  trackbook.logText("notes", "notes.txt");
  trackbook.logTable([{ a: 1 }], "table.json");
`;
const END = `
  await trackbook.logModel(line(), "line");
  await trackbook.flush();
  await trackbook.endRun();
  if ((await trackbook.searchRuns()).length > 0) throw new Error("runs were found");
  if (trackbook.track((a) => a + 1)(1) !== 2) throw new Error("what track returns does not work");
`;

const IMPORTS: Record<ModuleKind, (isPlain: boolean) => string> = {
  cjs: (isPlain) => `
    ${isPlain ? "" : 'const trackbook = require("trackbook");'}
    const { SimpleLinearRegression } = require("ml-regression");
    const tf = require("@tensorflow/tfjs");`,
  mjs: (isPlain) => `
    ${isPlain ? "" : 'import * as trackbook from "trackbook";'}
    import { SimpleLinearRegression } from "ml-regression";
    import * as tf from "@tensorflow/tfjs";
    import { createRequire } from "node:module";
    const require = createRequire(import.meta.url);`,
};

/** The user's program, with trackbook or without a word of it. It prints everything that it could notice. */
const program = (kind: ModuleKind, isPlain: boolean) => `${IMPORTS[kind](isPlain)}
${DEFINITIONS}
async function main() {
  ${isPlain ? "" : RECORD}
  const model = network();
  const { history } = await fit(model, { epochs: 3 });
  const weights = model.getWeights().map((weight) => Array.from(weight.dataSync()));
  const coefficients = JSON.stringify(line());
  ${isPlain ? "" : END}
  const libraries = Object.fromEntries(${JSON.stringify(HOOKED)}.map((name) => [name, require(name)]));
  const { describeAll } = require("./matrix-descriptors.cjs");
  console.log(JSON.stringify({
    trained: { history, weights, coefficients, tensors: tf.memory().numTensors },
    listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]).sort(),
    descriptors: describeAll(libraries),
  }));
}
void main();
`;

let installed: string;
beforeAll(() => {
  installed = createInstalledFolder("@tensorflow/tfjs", ...HOOKED);
});
afterAll(() => rmSync(installed, { recursive: true, force: true }));

/** A folder with the program of a user in it. */
function folderOf(kind: ModuleKind, isPlain: boolean): string {
  const folder = mkdtempSync(join(installed, "disabled-"));
  copyFileSync(join(__dirname, "../../support/matrix-descriptors.cjs"), join(folder, "matrix-descriptors.cjs"));
  writeFileSync(join(folder, `program.${kind}`), program(kind, isPlain));
  return folder;
}

async function noticedBy(kind: ModuleKind, isPlain: boolean) {
  const folder = folderOf(kind, isPlain);
  const before = readdirSync(folder);
  const { code, stdout, stderr } = await runNode(process.execPath, [`program.${kind}`], folder, ENVIRONMENT);
  expect([code, stderr.replace(GREETING, "")]).toEqual([0, ""]);
  expect(readdirSync(folder)).toEqual(before);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Record<
    "trained" | "listeners" | "descriptors",
    unknown
  >;
}

describe.each(["cjs", "mjs"] as const)("TRACKBOOK_MODE=disabled, in a %s program", (kind) => {
  test("trains the same to the last bit, keeps nothing, hooks nothing, listens to nothing and asks no server", async () => {
    const [plain, disabled] = await Promise.all([noticedBy(kind, true), noticedBy(kind, false)]);
    expect(disabled.trained).toEqual(plain.trained);
    expect(disabled.listeners).toEqual(plain.listeners);
    expect(Object.keys(plain.descriptors as object).length).toBeGreaterThan(1000);
    expect(disabled.descriptors).toEqual(plain.descriptors);
  });
});

describeWithParts(["python", "tslab"], "TRACKBOOK_MODE=disabled, in a notebook", ({ python, tslab }) => {
  test("a cell trains and shows nothing, the folder stays as it is, and the kernel ends by itself", async () => {
    const folder = folderOf("cjs", true);
    const before = readdirSync(folder);
    const kernel = await startKernel({ name: "tslab", folder, ...python, ...tslab, env: ENVIRONMENT });
    const cell = async (code: string) => {
      const { status, outputs } = await kernel.run(code);
      expect([
        status,
        outputs
          .map(({ text, data }) => text ?? JSON.stringify(data))
          .join("")
          .replace(GREETING, ""),
      ]).toEqual(["ok", ""]);
    };
    try {
      await cell(`const listeners = () => JSON.stringify(process.eventNames().map((name) => [String(name), process.listenerCount(name)]));
        // The kernel listens to interrupts while a cell awaits something.
        await null; const listenersBefore = listeners();`);
      await cell(`import * as trackbook from "trackbook"; import { SimpleLinearRegression } from "ml-regression";
        import * as tf from "@tensorflow/tfjs"; ${DEFINITIONS} ${RECORD}`);
      await cell(`await fit(network(), { epochs: 3 }); line(); undefined`);
      await cell(
        `${END} if (listeners() !== listenersBefore) throw new Error(listeners() + " were " + listenersBefore);`,
      );
      expect(readdirSync(folder)).toEqual(before);
    } finally {
      expect(await kernel.shutdown(PATIENCE)).toBe(0);
    }
  });
});

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInstalledFolder, LIBRARIES } from "../../support/installed-folder";
import { runNode } from "../../support/run-node";
import { type StartedProgram, startProgram } from "../../support/started-program";

const TRAINING = `
const { inferSignature, saveModel } = require("trackbook");
const { MultivariateLinearRegression } = require("ml-regression");
const { RandomForestRegression } = require("ml-random-forest");
const x = Array.from({ length: 60 }, (_, row) => [row % 7, (row * 3) % 11]);
const y = x.map(([a, b]) => 2 * a + 3 * b + 1);
const table = x.map(([a, b]) => ({ a, b }));
(async () => {
  const linear = new MultivariateLinearRegression(x, y.map((value) => [value]));
  await saveModel(linear, "linear", { signature: inferSignature(table, y) });
  const forest = new RandomForestRegression({ nEstimators: 30, seed: 1, noOOB: true });
  forest.train(x, y);
  await saveModel(forest, "forest", { signature: inferSignature(x, y) });
  const tf = require("@tensorflow/tfjs");
  const input = tf.input({ shape: [2], name: "given" });
  const outputs = ["sum", "product"].map((name) => tf.layers.dense({ units: 2, name }).apply(input));
  const network = tf.model({ inputs: input, outputs });
  await saveModel(network, "network", { signature: inferSignature(tf.zeros([1, 2])) });
})();`;

/** A folder with the models `linear` (columns a and b; 2a + 3b + 1), `forest` and `network` (rows of two numbers; two outputs). */
export async function folderOfModels(): Promise<string> {
  const folder = createInstalledFolder(...LIBRARIES);
  writeFileSync(join(folder, "train.cjs"), TRAINING);
  const { code, stderr } = await runNode(process.execPath, ["train.cjs"], folder);
  if (code !== 0) throw new Error(stderr);
  return folder;
}

/** `trackbook models serve`, running. */
export type ServedProcess = StartedProgram;

/** Starts it and waits for its line. The test that calls this ends it at the latest. */
export const startServing = (folder: string, args: readonly string[]): Promise<ServedProcess> =>
  startProgram(folder, ["models", "serve", "-p", "0", ...args]);

/** A new empty folder. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "trackbook-served-"));
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** One row, asked over HTTP. */
export async function predictRow(url: string, a: number, b: number): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/invocations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ dataframe_split: { columns: ["a", "b"], data: [[a, b]] } }),
  });
  return { status: response.status, body: await response.json() };
}

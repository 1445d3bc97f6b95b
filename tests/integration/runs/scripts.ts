import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInstalledFolder, LIBRARIES } from "../../support/installed-folder";
import { type EndedProcess, runNode } from "../../support/run-node";
import { type FoundRun, runsIn } from "../libraries/recorded-runs";

/** A script as it ended, and what it left in its `./mlruns`. */
export interface ScriptOutcome extends EndedProcess {
  /** Where it ran: `mlruns` lies here. */
  readonly folder: string;
  /** The oldest first; read when asked for. */
  readonly runs: readonly FoundRun[];
}

export type ModuleKind = "cjs" | "mjs";

/** How the script's first lines get trackbook and the libraries. */
export const IMPORTS: Record<ModuleKind, string> = {
  cjs: `
const trackbook = require("trackbook");
const { SimpleLinearRegression, PolynomialRegression } = require("ml-regression");
const tf = require("@tensorflow/tfjs");
const main = (fn) => { void fn(); };
`,
  mjs: `
import * as trackbook from "trackbook";
import { SimpleLinearRegression, PolynomialRegression } from "ml-regression";
import * as tf from "@tensorflow/tfjs";
const main = (fn) => fn();
`,
};

/** What scripts train: a small line, and a small network. */
export const DEFINITIONS = `
const x = [1, 2, 3, 4, 5];
const y = [2, 4, 6, 8, 11];
const line = () => new SimpleLinearRegression(x, y);
const xs = () => tf.tensor2d(x, [5, 1]);
const ys = () => tf.tensor2d(y, [5, 1]);
function network() {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: "ones" })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  return model;
}
const fit = (model, options = {}) => model.fit(xs(), ys(), { verbose: 0, ...options });
`;

/** What TensorFlow.js says of itself. */
export const GREETING = /\n=+\nHi, looks like .*\n=+\n\n?/;

/** A folder as a user's who installed trackbook and the libraries. */
export const installedFolder = (): string => createInstalledFolder(...LIBRARIES, "tsx");

/** Such a folder; each script runs in a folder of its own below it. */
export class ScriptFolder {
  readonly #installed = installedFolder();

  /** Writes a script that begins with the imports and definitions above, `autolog()` called. */
  write(body: string, kind: ModuleKind = "cjs"): { readonly folder: string; readonly file: string } {
    const folder = mkdtempSync(join(this.#installed, "script-"));
    const file = join(folder, `script.${kind}`);
    writeFileSync(file, `${IMPORTS[kind]}${DEFINITIONS}\ntrackbook.autolog();\n${body}\n`);
    return { folder, file };
  }

  /** Runs a script to its end, in the folder of an earlier one when that is given. */
  async run(
    body: string,
    kind: ModuleKind = "cjs",
    env: Readonly<Record<string, string>> = {},
  ): Promise<ScriptOutcome> {
    const { folder, file } = this.write(body, kind);
    const ended = await runNode(process.execPath, [file], folder, env);
    return outcomeOf({ ...ended, stderr: ended.stderr.replace(GREETING, "") }, folder);
  }

  /** Starts a script; resolves once it has printed `ready`. */
  async start(
    body: string,
  ): Promise<{ readonly child: ChildProcess; ended(): Promise<ScriptOutcome & { signal: string | null }> }> {
    const { folder, file } = this.write(body);
    const { VITEST: _vitest, ...env } = process.env;
    const child = spawn(process.execPath, [file], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stderr.on("data", (text) => (output.stderr += text));
    const exit = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
      child.on("close", (code, signal) => resolve({ code, signal })),
    );
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (text) => {
        output.stdout += text;
        if (output.stdout.includes("ready")) resolve();
      });
      void exit.then(() => reject(new Error(`ended before it was ready: ${output.stderr}`)));
    });
    return { child, ended: async () => outcomeOf({ ...(await exit), ...output }, folder) };
  }

  remove(): void {
    rmSync(this.#installed, { recursive: true, force: true });
  }
}

const outcomeOf = <T extends EndedProcess>(ended: T, folder: string) => ({
  ...ended,
  folder,
  get runs() {
    return existsSync(join(folder, "mlruns")) ? runsIn(join(folder, "mlruns")) : [];
  },
});

/** How a run ended, and whether it says when. */
export const ending = ({ info }: FoundRun): string =>
  `${info.status}${info.endTime === undefined ? " without end" : ""}`;

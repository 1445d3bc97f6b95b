import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKernelFolder } from "./kernel-folder";
import { judge, type MatrixOutcomes } from "./matrix-outcome";
import { LOADERS, type LoaderName, matrixProgram, type OrderName } from "./matrix-programs";

const PACKAGES = ["ml-regression", "ml-random-forest", "@tensorflow/tfjs", "tsx"];
const TSX = createRequire(__filename).resolve("tsx/cli");

/** A folder as a user's who installed trackbook and every library, for scripts. */
export const createScriptFolder = (): string => createKernelFolder(...PACKAGES);

/** Trains everything in one process of this Node, after imports by this loader in this order. */
export async function runMatrixProgram(
  node: string,
  loader: LoaderName,
  order: OrderName,
  installed: string,
): Promise<MatrixOutcomes> {
  const { entry, files, preloaded } = matrixProgram(loader, order);
  const folder = mkdtempSync(join(installed, "program-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const store = mkdtempSync(join(tmpdir(), "trackbook-store-"));
  const args = [...(preloaded ? ["--import", "trackbook/register"] : []), entry];
  const ended = await runNode(node, LOADERS[loader].tsx ? [TSX, ...args] : args, folder, {
    MLFLOW_TRACKING_URI: store,
    TRACKBOOK_TESTING: "1",
  });
  try {
    if (ended.code !== 0) return { "the process": `ended with ${ended.code}: ${ended.stderr.slice(0, 2000)}` };
    return judge(store, ended.stdout.trimEnd().split("\n").at(-1) ?? "", ended.stderr);
  } finally {
    rmSync(store, { recursive: true, force: true });
  }
}

export interface EndedProcess {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Node to its end. */
export async function runNode(
  node: string,
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<EndedProcess> {
  const { NODE_OPTIONS: _options, VITEST: _vitest, NODE_ENV: _environment, ...inherited } = process.env;
  const child = spawn(node, args, { cwd: folder, env: { ...inherited, ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, stdout, stderr };
}

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createKernelFolder } from "./kernel-folder";
import { judge, type MatrixOutcomes } from "./matrix-outcome";
import { LOADERS, type LoaderName, matrixProgram, type OrderName } from "./matrix-programs";

const PACKAGES = ["ml-regression", "ml-random-forest", "@tensorflow/tfjs"];
const TSX = createRequire(__filename).resolve("tsx/cli");

/** A folder as a user's who installed trackbook and every library, for scripts. */
export const createScriptFolder = (): string => createKernelFolder(...PACKAGES);

/** Makes a package that stands elsewhere one of the folder's. */
export function linkPackage(folder: string, name: string, target: string): void {
  const path = join(folder, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, "junction");
}

export interface MatrixProcess {
  /** Path of the Node that runs it. */
  readonly node: string;
  /** Folder with the packages, from {@link createScriptFolder}. */
  readonly installed: string;
  readonly loader: LoaderName;
  readonly order: OrderName;
  /** The package that TensorFlow.js is imported from. @default "@tensorflow/tfjs" */
  readonly tensorflow?: string;
}

/** Trains everything in one process, after imports by this loader in this order. */
export async function runMatrixProgram({
  node,
  installed,
  loader,
  order,
  tensorflow = "@tensorflow/tfjs",
}: MatrixProcess): Promise<MatrixOutcomes> {
  const { entry, files, preloaded } = matrixProgram(loader, order, tensorflow);
  const folder = mkdtempSync(join(installed, "program-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const store = mkdtempSync(join(tmpdir(), "trackbook-store-"));
  const args = [...(preloaded ? ["--import", "trackbook/register"] : []), entry];
  const ended = await runNode(node, LOADERS[loader].tsx ? [TSX, ...args] : args, folder, {
    MLFLOW_TRACKING_URI: store,
    TRACKBOOK_TESTING: "1",
    TF_CPP_MIN_LOG_LEVEL: "2",
  });
  try {
    if (ended.code !== 0) return { "the process": `ended with ${ended.code}: ${ended.stderr.slice(0, 2000)}` };
    return judge(store, [ended.stdout.trimEnd().split("\n").at(-1) ?? ""], ended.stderr)[0] as MatrixOutcomes;
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

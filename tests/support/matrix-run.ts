import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, type MatrixOutcomes } from "./matrix-outcome";
import { LOADERS, type LoaderName, matrixProgram, type OrderName } from "./matrix-programs";
import { runNode } from "./run-node";

const TSX = createRequire(__filename).resolve("tsx/cli");

export interface MatrixProcess {
  /** Path of the Node that runs it. */
  readonly node: string;
  /** Folder with the packages, from {@link createInstalledFolder}. */
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

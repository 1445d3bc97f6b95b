import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { PeerModel } from "./models";

/** MLflow's own scoring app under uvicorn. */
export interface PythonServer {
  /** Of each model, without a slash at the end. */
  url(model: string): string;
  close(): Promise<void>;
}

/**
 * Starts it with models by name, described or in a folder; ready when this resolves.
 *
 * @param nodePath where the packages of models in folders are
 */
export async function startPythonServer(
  python: string,
  models: Readonly<Record<string, PeerModel | { readonly path: string }>>,
  nodePath = "",
): Promise<PythonServer> {
  const folder = mkdtempSync(join(tmpdir(), "trackbook-scoring-"));
  const child = spawn(python, ["-W", "ignore", join(__dirname, "scoring_peer.py"), folder], {
    cwd: folder,
    env: {
      ...process.env,
      MLFLOW_ALLOW_FILE_STORE: "true",
      MLFLOW_DISABLE_TELEMETRY: "true",
      TRACKBOOK_NODE_PATH: nodePath,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  child.stdin.end(JSON.stringify(models));
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const { value, done } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (done) throw new Error(`Python's server did not start:\n${errors}`);
  const port = JSON.parse(value) as number;
  return {
    url: (model) => `http://127.0.0.1:${port}/${model}`,
    close: async () => {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

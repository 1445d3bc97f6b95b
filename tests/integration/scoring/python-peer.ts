import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { MODELS } from "./models";

/** MLflow's own scoring app under uvicorn. */
export interface PythonServer {
  /** Of each model, without a slash at the end. */
  url(model: string): string;
  close(): Promise<void>;
}

/** Starts it with every model of models.ts; ready when this resolves. */
export async function startPythonServer(python: string): Promise<PythonServer> {
  const folder = mkdtempSync(join(tmpdir(), "trackbook-scoring-"));
  const child = spawn(python, ["-W", "ignore", join(__dirname, "scoring_peer.py"), folder], {
    cwd: folder,
    env: { ...process.env, MLFLOW_ALLOW_FILE_STORE: "true", MLFLOW_DISABLE_TELEMETRY: "true" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  child.stdin.end(JSON.stringify(MODELS));
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

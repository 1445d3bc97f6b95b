import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { freePort } from "../../scripts/free-port";

/** A tracking server of Python's MLflow. */
export interface PythonServer {
  readonly uri: string;
  /** Where its database and artifacts are. */
  readonly folder: string;
}

/** It imports half of Python. */
const PATIENCE = 240_000;

/** Python's `mlflow server` on SQLite for the tests of a file or group, with a folder of its own. */
export function pythonServer(python: string, args: readonly string[] = []): PythonServer {
  const server = { uri: "", folder: "" };
  let stop = () => {};
  beforeAll(async () => {
    server.folder = mkdtempSync(join(tmpdir(), "trackbook-server-"));
    const port = await freePort();
    server.uri = `http://127.0.0.1:${port}`;
    stop = await start(python, server.folder, port, args);
  }, PATIENCE + 10_000);
  afterAll(() => {
    stop();
    rmSync(server.folder, { recursive: true, force: true });
  });
  return server;
}

async function start(python: string, folder: string, port: number, args: readonly string[]): Promise<() => void> {
  const given = args.includes("--backend-store-uri") ? [] : ["--backend-store-uri", `sqlite:///${folder}/mlflow.db`];
  const child = spawn(
    python,
    [
      ...["-m", "mlflow", "server", "--port", String(port), "--workers", "1"],
      ...["--artifacts-destination", join(folder, "artifacts"), ...given, ...args],
    ],
    {
      cwd: folder,
      // A group of its own: the server's workers are its children.
      detached: true,
      env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: "true", PYTHONWARNINGS: "ignore" },
    },
  );
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  const stop = () => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  };
  const deadline = performance.now() + PATIENCE;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      stop();
      throw new Error(`mlflow server does not answer:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return stop;
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

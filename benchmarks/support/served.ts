import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { CACHE } from "../../scripts/repository";

/** A server that somebody has started. */
export interface Served {
  readonly url: string;
  readonly pid: number;
  end(): Promise<void>;
}

const BIN = join(CACHE, "venv/bin");
const PYTHON = join(BIN, "python");

const ENVIRONMENT = {
  // MLflow starts uvicorn by its name.
  PATH: `${BIN}:${process.env.PATH}`,
  MLFLOW_ALLOW_FILE_STORE: "true",
  MLFLOW_DISABLE_TELEMETRY: "true",
  PYTHONWARNINGS: "ignore",
};

/** Runs a Python program to its end. */
export const runPython = (program: string, args: readonly string[], folder: string): void =>
  void execFileSync(PYTHON, ["-c", program, ...args], {
    cwd: folder,
    env: { ...process.env, ...ENVIRONMENT },
    stdio: ["ignore", "ignore", "pipe"],
  });

/** `mlflow models serve` of a folder; `port` is a free one. */
export function startPython(folder: string, model: string, port: number): Served {
  const args = ["-m", "mlflow", "models", "serve", "-m", model, "-p", String(port), "--env-manager", "local"];
  return served(
    spawn(PYTHON, args, { cwd: folder, env: { ...process.env, ...ENVIRONMENT }, stdio: "ignore", detached: true }),
    port,
  );
}

/** `trackbook models serve` of a folder. */
export function startOurs(built: string, folder: string, model: string, port: number): Served {
  const args = [join(built, "cli/index.js"), "models", "serve", "-m", model, "-p", String(port)];
  return served(spawn(process.execPath, args, { cwd: folder, stdio: "ignore", detached: true }), port);
}

/** `mlflow server` on a SQLite file in a folder. */
export function startPythonServer(folder: string, port: number, workers = 1): Served {
  const args = [
    "-m",
    "mlflow",
    "server",
    "--backend-store-uri",
    "sqlite:///runs.db",
    "-p",
    String(port),
    "-w",
    String(workers),
  ];
  return served(
    spawn(PYTHON, args, { cwd: folder, env: { ...process.env, ...ENVIRONMENT }, stdio: "ignore", detached: true }),
    port,
  );
}

/** `trackbook server` on a SQLite file in a folder. */
export function startOurServer(built: string, folder: string, port: number): Served {
  const args = [join(built, "cli/index.js"), "server", "--backend-store-uri", "sqlite:///runs.db", "-p", String(port)];
  return served(spawn(process.execPath, args, { cwd: folder, stdio: "ignore", detached: true }), port);
}

function served(child: ChildProcess, port: number): Served {
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    url: `http://127.0.0.1:${port}/invocations`,
    pid: child.pid ?? 0,
    end: async () => {
      // MLflow's command has a child of its own: the group is ended.
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      await ended;
    },
  };
}

/** Waits until a server answers a request with predictions. */
export async function firstAnswer({ url }: Served, body: string, deadline = 120_000): Promise<void> {
  const end = performance.now() + deadline;
  while (performance.now() < end) {
    const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body }).catch(
      () => undefined,
    );
    if (answer?.ok) return void (await answer.text());
    if (answer) throw new Error(await answer.text());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`no answer from ${url}`);
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

import { spawn } from "node:child_process";

/** How Python is asked. */
export interface PythonOptions {
  /** Handed over as JSON on stdin. */
  readonly input?: unknown;
  readonly args?: readonly string[];
  readonly cwd?: string;
}

const ENVIRONMENT = {
  MLFLOW_ALLOW_FILE_STORE: "true",
  MLFLOW_DISABLE_TELEMETRY: "true",
  MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: "false",
  MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT: "true",
  GIT_PYTHON_REFRESH: "quiet",
  PYTHONIOENCODING: "utf-8",
  PYTHONWARNINGS: "ignore",
};

/**
 * Runs a Python script and answers what its last line of stdout says as JSON (`undefined` when it says nothing). `python` is the
 * part's path, see parts.ts. Rejects with Python's stderr when the script fails.
 */
export async function runPython<Answer = unknown>(
  python: string,
  script: string,
  { input, args = [], cwd }: PythonOptions = {},
): Promise<Answer> {
  const child = spawn(python, [script, ...args], { cwd, env: { ...process.env, ...ENVIRONMENT } });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output.stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (output.stderr += chunk));
  child.stdin.on("error", () => undefined).end(input === undefined ? "" : JSON.stringify(input));
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}:\n${output.stderr}`);
  const last = output.stdout.trimEnd().split("\n").at(-1);
  return (last ? JSON.parse(last) : undefined) as Answer;
}

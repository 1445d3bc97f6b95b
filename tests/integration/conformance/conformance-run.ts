import { spawn } from "node:child_process";
import { join } from "node:path";

/** How Python's client found what it was led to. */
export interface Conformance {
  readonly passed: number;
  /** The names of the checks that failed. */
  readonly failed: readonly string[];
}

/** Runs the program that drives Python's client against a server, a database or a folder; `cwd` is where MLflow puts artifacts. */
export async function runConformance(python: string, uri: string, cwd: string): Promise<Conformance> {
  const child = spawn(python, [join(__dirname, "conformance.py"), uri], {
    cwd,
    env: { ...process.env, MLFLOW_ALLOW_FILE_STORE: "true", PYTHONIOENCODING: "utf-8", PYTHONWARNINGS: "ignore" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  await new Promise((resolve) => child.on("close", resolve));
  const passed = /^(\d+) passed/m.exec(output)?.[1];
  if (passed === undefined) throw new Error(`the program came to no end:\n${output}`);
  return {
    passed: Number(passed),
    failed: Array.from(output.matchAll(/^ {2}failed: (.*)$/gm), ([, name]) => name as string),
  };
}

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Python with MLflow and scikit-learn, asked one question at a time. */
export interface PythonPeer {
  /** Calls the function of that name in models.py. */
  ask<Answer>(question: string, ...args: readonly unknown[]): Promise<Answer>;
  close(): void;
}

/** @param folder where MLflow makes the database that it looks into when it reads a model. */
export function startPythonPeer(python: string, folder: string): PythonPeer {
  const child = spawn(python, [join(__dirname, "models.py")], {
    cwd: folder,
    env: { ...process.env, MLFLOW_ALLOW_FILE_STORE: "true" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask<Answer>(question: string, ...args: readonly unknown[]) {
      child.stdin.write(`${asciiJson([question, args])}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("Python ended");
      const { result, error } = JSON.parse(value);
      if (error !== undefined) throw new Error(error);
      return result as Answer;
    },
    close: () => child.stdin.end(),
  };
}

/** Escaped, so that lone surrogates and line separators survive the pipe. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);

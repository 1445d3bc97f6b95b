import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Python with MLflow and scikit-learn, asked one question at a time. */
export interface PythonPeer {
  /** Calls the function of that name in the script. */
  ask<Answer>(question: string, ...args: readonly unknown[]): Promise<Answer>;
  /** Lets it end when it has answered. */
  close(): void;
  /** Ends it at once, with nothing that it could do about it. */
  kill(): void;
}

/** How a peer is started. */
export interface PythonPeerOptions {
  /** The working directory. MLflow makes a database there, into which it looks when it reads a model. */
  readonly folder: string;
  /** Variables beside this process's own; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The script's. */
  readonly args?: readonly string[];
}

/** @param script reads a line `[question, arguments]` of JSON at a time and answers `{"result": …}` or `{"error": "…"}` */
export function startPythonPeer(
  python: string,
  script: string,
  { folder, env, args = [] }: PythonPeerOptions,
): PythonPeer {
  const child = spawn(python, [script, ...args], {
    cwd: folder,
    env: { ...process.env, MLFLOW_ALLOW_FILE_STORE: "true", ...env },
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
    kill: () => child.kill("SIGKILL"),
  };
}

/** Escaped, so that lone surrogates and line separators survive the pipe. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);

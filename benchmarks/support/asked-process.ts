import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CACHE } from "../../scripts/repository";

/** A process that does something when it is asked to: it answers each line of its input with one of JSON. */
export class AskedProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #ended: Promise<void>;

  constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.#child = spawn(command, args, { env: { ...process.env, ...env } });
    this.#child.stderr.pipe(process.stderr);
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#ended = new Promise((resolve, reject) => {
      this.#child.on("error", reject);
      this.#child.on("close", () => resolve());
    });
  }

  /** What the process answers to `question`. */
  async ask<Answer = number>(question = ""): Promise<Answer> {
    this.#child.stdin.write(`${question}\n`);
    const answer = await this.#answers.next();
    if (answer.done) throw new Error("the process that is measured ended without an answer");
    return JSON.parse(answer.value) as Answer;
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    await this.#ended;
  }
}

/** Python with MLflow, in which `program` is run with `args`. */
export function askedPython(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return new AskedProcess(join(CACHE, "venv/bin/python"), ["-W", "ignore", "-c", program, ...args], {
    MLFLOW_ALLOW_FILE_STORE: "true",
    MLFLOW_DISABLE_TELEMETRY: "true",
    ...env,
  });
}

/** Node, in which `program` is run with `args` as `process.argv[1]` and following. */
export function askedNode(program: string, args: readonly string[], options: readonly string[] = []) {
  return new AskedProcess(process.execPath, [...options, "-e", program, ...args]);
}

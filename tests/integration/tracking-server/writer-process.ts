import { spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A process in which several writers write, each with a log of its own on the disk. */
export interface WriterProcess {
  /** Lets all of them write to a server until it is gone. `onAcknowledged` is told of each point that is noted. */
  writeUntilGone(url: string, first: number, onAcknowledged: () => void): Promise<void>;
}

/** Starts it; each of the runs has one writer, whose log is the file in `folder` of the run's id. */
export function startWriters(folder: string, runIds: readonly string[]): WriterProcess {
  const child = spawn(process.execPath, [join(__dirname, "writers.cjs"), folder, ...runIds], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let told: (text: string) => void = () => {};
  let ended: (error: Error) => void = () => {};
  child.stdout.setEncoding("utf8").on("data", (text: string) => told(text));
  child.on("close", (code) => ended(new Error(`the writers ended with ${String(code)}`)));
  return {
    writeUntilGone: (url, first, onAcknowledged) =>
      new Promise((resolve, reject) => {
        ended = reject;
        told = (text) => {
          for (const sign of text) if (sign === ".") onAcknowledged();
          if (text.includes("\n")) resolve();
        };
        child.stdin.write(`${url} ${first}\n`);
      }),
  };
}

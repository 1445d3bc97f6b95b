import { spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { TRACKBOOK } from "../integration/cli/command-line";

/** A command of trackbook that serves something, running. */
export interface StartedProgram {
  /** What its first line names. */
  readonly url: string;
  readonly pid: number;
  /** All that it has printed so far. */
  output(): { readonly stdout: string; readonly stderr: string };
  kill(signal: NodeJS.Signals): void;
  /** How it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts a command and waits for its line. @param keep is told how to end it; without it the test that calls this ends it at the latest */
export async function startProgram(
  folder: string,
  args: readonly string[],
  {
    env: more = {},
    keep = onTestFinished,
  }: { env?: Readonly<Record<string, string>>; keep?: (end: () => Promise<void>) => void } = {},
): Promise<StartedProgram> {
  const { NODE_OPTIONS: _options, VITEST: _vitest, ...env } = process.env;
  const child = spawn(process.execPath, [TRACKBOOK, ...args], { cwd: folder, env: { ...env, ...more } });
  const said = { stdout: "", stderr: "" };
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  keep(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said.stdout += text;
      if (said.stdout.includes("\n")) resolve(said.stdout);
    });
    void ended.then(({ code }) => reject(new Error(`it ended with ${String(code)}: ${said.stderr}`)));
  });
  const url = /http:\/\/[^\s/]+/.exec(line)?.[0] ?? "";
  return { url, pid: child.pid ?? 0, output: () => said, kill: (signal) => void child.kill(signal), ended };
}

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import { REPOSITORY } from "../../scripts/repository";
import { temporaryFolder } from "./temporary-folder";

/** A process of ours that writes to a store. */
export interface Writer {
  readonly process: ChildProcess;
  /** What it said at its end; rejects when it failed or warned. */
  readonly answer: Promise<unknown>;
}

/** Starts a TypeScript program that says at its end, as JSON, what it has done. */
export function startWriter(script: string, args: readonly string[]): Writer {
  const process = spawn("node", ["--import", "tsx", script, ...args], { cwd: REPOSITORY });
  const output = { stdout: "", stderr: "" };
  process.stdout.setEncoding("utf8").on("data", (chunk: string) => (output.stdout += chunk));
  process.stderr.setEncoding("utf8").on("data", (chunk: string) => (output.stderr += chunk));
  const answer = new Promise<unknown>((resolve, reject) => {
    process.on("close", (code) => {
      if (code === 0 && output.stderr === "") resolve(JSON.parse(output.stdout));
      else reject(new Error(`a writer ended with ${String(code)}: ${output.stderr}`));
    });
  });
  answer.catch(() => undefined);
  return { process, answer };
}

/** What several writers wait for: a file that is not there yet. Each says that it is ready by a file beside it. */
export const newGate = (): string => join(temporaryFolder(), "gate");

/** Lets all go at once who wait at a gate, when those of these names are there. */
export async function openGate(gate: string, names: readonly string[]): Promise<void> {
  await vi.waitUntil(() => names.every((name) => existsSync(`${gate}.${name}`)), { timeout: 150_000 });
  writeFileSync(gate, "");
}

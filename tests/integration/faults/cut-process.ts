import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "../../support/run-node";

/** A write operation of the program: see cut-writes.cjs. */
export interface WriteOperation {
  readonly name: string;
  /** Below the store. */
  readonly path: string;
  /** Where in the file it writes. */
  readonly offset: number;
  /** How many bytes it writes; nothing for operations without content. */
  readonly bytes?: number;
}

/** Where a process is killed. */
export interface Cut {
  /** The number of the operation, from 1. */
  readonly at: number;
  /** How many of its bytes are written; nothing is begun when left out. */
  readonly written?: number;
}

/** What a process that was cut has left. */
export interface CutStore {
  readonly cut: Cut;
  /** The store's folder, which need not exist. */
  readonly store: string;
  /** What it had been promised, in order. */
  readonly acknowledged: readonly string[];
}

const HOOK = join(__dirname, "cut-writes.cjs");
const PROGRAM = "program.cjs";

/** Runs the program uncut; answers its operations. */
export async function countOperations(installed: string): Promise<readonly WriteOperation[]> {
  const folder = join(installed, "uncut");
  const ended = await run(installed, folder, { FAULT_COUNT: join(installed, "operations.json") });
  if (ended.code !== 0 || ended.stderr !== "") throw new Error(`the program failed: ${ended.stderr}`);
  return JSON.parse(readFileSync(join(installed, "operations.json"), "utf8"));
}

/** Each operation: not begun, and where it writes bytes, begun without any, with half of them, and with those of each page of the file. */
export const cutsOf = (operations: readonly WriteOperation[]): readonly Cut[] =>
  operations.flatMap(({ offset, bytes }, index) => {
    const at = index + 1;
    if (bytes === undefined) return [{ at }];
    const parts = new Set([0, Math.floor(bytes / 2), ...pageEnds(offset, bytes)]);
    return [{ at }, ...Array.from(parts, (written) => ({ at, written }))];
  });

const PAGE = 4096;

/** Where the pages of the file end within a write: a kill leaves so many of its bytes. */
export function pageEnds(offset: number, bytes: number): readonly number[] {
  const ends: number[] = [];
  for (let end = PAGE - (offset % PAGE); end < bytes; end += PAGE) ends.push(end);
  return ends;
}

/** Runs the program until the cut. */
export async function runCut(installed: string, cut: Cut): Promise<CutStore> {
  const folder = join(installed, `cut-${cut.at}-${cut.written ?? "before"}`);
  const ended = await run(installed, folder, {
    FAULT_AT: String(cut.at),
    ...(cut.written !== undefined && { FAULT_BYTES: String(cut.written) }),
  });
  if (ended.code !== null && ended.code !== 0) throw new Error(`the program failed: ${ended.stderr}`);
  const notes = join(folder, "acknowledged");
  const acknowledged = existsSync(notes) ? readFileSync(notes, "utf8").trimEnd().split("\n") : [];
  return { cut, store: join(folder, "mlruns"), acknowledged: acknowledged.filter((note) => note !== "") };
}

async function run(installed: string, folder: string, env: Readonly<Record<string, string>>) {
  mkdirSync(folder);
  return runNode(process.execPath, ["--require", HOOK, PROGRAM], installed, {
    FAULT_STORE: join(folder, "mlruns"),
    MLFLOW_TRACKING_URI: join(folder, "mlruns"),
    ACKNOWLEDGED: join(folder, "acknowledged"),
    ...env,
  });
}

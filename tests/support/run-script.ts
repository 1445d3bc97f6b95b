import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { RunEntity } from "../../src/core";
import { openTrackingStore } from "../../src/stores";
import { type EndedProcess, runNode } from "./run-node";

export interface ScriptResult extends EndedProcess {
  /** The runs that the script has left, the oldest first. */
  readonly runs: readonly RunEntity[];
  /** The last line of stdout, as JSON; `undefined` when there is none. */
  readonly printed: unknown;
}

export interface ScriptOptions {
  /** Arguments of Node before the file. */
  readonly args?: readonly string[];
  /** @default the Node that runs the tests */
  readonly node?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `source` as a file of the folder to its end, recording into a new store. */
export async function runScript(
  folder: string,
  file: string,
  source: string,
  { args = [], node = process.execPath, env = {} }: ScriptOptions = {},
): Promise<ScriptResult> {
  writeFileSync(join(folder, file), source);
  const store = mkdtempSync(join(tmpdir(), "trackbook-store-"));
  onTestFinished(() => rmSync(store, { recursive: true, force: true }));
  const ended = await runNode(node, [...args, file], folder, {
    MLFLOW_TRACKING_URI: store,
    TRACKBOOK_TESTING: "1",
    ...env,
  });
  const opened = openTrackingStore(store);
  const { items } = opened.searchRuns(["0"], { orderBy: ["attributes.start_time ASC"] });
  return {
    ...ended,
    runs: items.map(({ info }) => opened.getRun(info.runId)),
    printed: parse(ended.stdout.trimEnd().split("\n").at(-1) ?? ""),
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

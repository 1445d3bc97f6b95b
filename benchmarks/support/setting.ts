import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DIST } from "../../scripts/repository";
import { type Figure, report } from "./figure";

/** What a benchmark is run with. */
export interface Setting {
  /** Folder of the built package. */
  readonly built: string;
  /** An empty folder, removed afterwards. */
  readonly folder: string;
  /** A smaller measurement, to see that it works. */
  readonly isQuick: boolean;
}

/** Runs one benchmark by the command line's `--quick` and `--built FOLDER`, and reports what it measured. */
export async function runBenchmark(measure: (setting: Setting) => Promise<readonly Figure[]>): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: "boolean" }, built: { type: "string" } } });
  const folder = mkdtempSync(join(tmpdir(), "trackbook-benchmark-"));
  try {
    report(await measure({ built: resolve(values.built ?? DIST), folder, isQuick: values.quick ?? false }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

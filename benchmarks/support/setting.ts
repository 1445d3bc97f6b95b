import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CACHE, DIST } from "../../scripts/repository";
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

/**
 * Runs one benchmark by the command line's `--quick`, `--built FOLDER` and `--folder FOLDER`, and reports what it measured. What it writes lies
 * on the project's disk and not where temporary files are: there others remove theirs all the time, and ext4, which looks at each file
 * removed in the last minutes before it makes a new one, takes up to thirty times as long. In a `folder` that is given it is left for
 * whoever has given it.
 */
export async function runBenchmark(measure: (setting: Setting) => Promise<readonly Figure[]>): Promise<void> {
  const { values } = parseArgs({
    options: { quick: { type: "boolean" }, built: { type: "string" }, folder: { type: "string" } },
  });
  const parent = resolve(values.folder ?? join(CACHE, "benchmarks"));
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "one-"));
  try {
    report(await measure({ built: resolve(values.built ?? DIST), folder, isQuick: values.quick ?? false }));
  } finally {
    if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

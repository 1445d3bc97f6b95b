import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunEntity } from "../../../src/core";
import { autolog, flush, setTrackingUri } from "../../../src";
import { openTrackingStore, type TrackingStore } from "../../../src/stores";

/** One run as it is found in the store. */
export interface FoundRun extends RunEntity {
  /** Where its artifacts are. */
  readonly folder: string;
  /** Paths below `folder`, sorted. */
  readonly files: readonly string[];
  /** The values of a metric's points, in the order of their steps. */
  history(key: string): readonly number[];
  steps(key: string): readonly number[];
  text(file: string): string;
}

/** Records into a new folder; returns what finds its runs, the oldest first, once everything is stored. */
export function recordIntoNewFolder(): () => Promise<readonly FoundRun[]> {
  const folder = mkdtempSync(join(tmpdir(), "trackbook-"));
  setTrackingUri(folder);
  // Finding the source has tests of its own.
  autolog({ logSource: false });
  return async () => {
    await flush();
    return runsIn(folder);
  };
}

/** The runs of a folder, the oldest first. */
export function runsIn(folder: string): readonly FoundRun[] {
  const store = openTrackingStore(folder);
  const { items } = store.searchRuns(["0"], { orderBy: ["attributes.start_time ASC"] });
  return items.map((run) => found(store, store.getRun(run.info.runId)));
}

function found(store: TrackingStore, run: RunEntity): FoundRun {
  const folder = fileURLToPath(run.info.artifactUri);
  const points = (key: string) =>
    [...store.getMetricHistory(run.info.runId, key).items].sort((one, other) => one.step - other.step);
  return {
    ...run,
    folder,
    files: readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\//, ""))
      .sort(),
    history: (key) => points(key).map(({ value }) => value),
    steps: (key) => points(key).map(({ step }) => step),
    text: (file) => readFileSync(join(folder, file), "utf8"),
  };
}

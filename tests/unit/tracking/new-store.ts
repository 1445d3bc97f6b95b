import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { openTrackingStore, type TrackingStore } from "../../../src/stores";
import { activeRun, flush, setExperiment, setTrackingUri } from "../../../src/tracking";
import { globalSlot, type Metric, type RunEntity } from "../../../src/core";
import { temporaryFolder } from "../../support/temporary-folder";

/** A store of a test's own, read as another process would: what has not been written is not there. */
export interface NewStore {
  /** The working folder; the store is its `mlruns`. */
  readonly folder: string;
  readonly store: TrackingStore;
  /** The runs of the default experiment, the oldest first. */
  runs(): readonly RunEntity[];
  run(runId: string): RunEntity;
  history(runId: string, key: string): readonly Metric[];
}

/** Makes a new folder the tracking store. When the test is over no run is active any more. */
export function newStore(): NewStore {
  const folder = temporaryFolder();
  setTrackingUri(join(folder, "mlruns"));
  neverTwice();
  onTestFinished(async () => {
    for (let run = activeRun(); run; run = activeRun()) await run.end().catch(() => {});
    await flush().catch(() => {});
    setExperiment({ experimentId: "0" });
  });
  const store = openTrackingStore(join(folder, "mlruns"));
  return {
    folder,
    store,
    runs: () => store.searchRuns(["0"], { orderBy: ["attributes.start_time ASC"] }).items,
    run: (runId) => store.getRun(runId),
    history: (runId, key) => store.getMetricHistory(runId, key).items,
  };
}

const { now } = Date;

/** Lets no two runs of a test begin in one millisecond: they would be in the order of their random ids. */
function neverTwice(): void {
  let last = 0;
  const clock = vi.spyOn(Date, "now").mockImplementation(() => {
    last = Math.max(last + 1, now());
    return last;
  });
  onTestFinished(() => clock.mockRestore());
}

/** Lets what was warned of before be warned of again. */
export const forgetWarnings = (): void => globalSlot("warnings", () => new Set<string>()).clear();

/** Sets variables of the environment until the test is over. */
export function withEnvironment(variables: Readonly<Record<string, string | undefined>>): void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const apply = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(variables)) apply(name, value);
  onTestFinished(() => {
    for (const [name, value] of before) apply(name, value);
  });
}

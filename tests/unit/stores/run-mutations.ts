import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import type { TrackingStore } from "../../../src/stores";
import { text } from "../search/filters";

/** Names of metrics, params and tags; `n` and `n/x` cannot both be in one run. */
export const KEYS = ["a", "b", "n/x", "n/y", "n", "n/deep/z"];

/** A store that is changed: by us through `store`, and by anybody through its files in `root`. */
export interface ChangedStore {
  readonly store: TrackingStore;
  readonly root: string;
  readonly experimentIds: readonly string[];
}

/** Something that happens to the run of a number (modulo how many there are), or to its experiment. */
export type Mutation = (store: ChangedStore) => void;

const key = fc.constantFrom(...KEYS);
const runNumber = fc.nat(1000);

const ofRun = (change: (folder: string, value: string, key: string) => void): fc.Arbitrary<Mutation> =>
  fc.record({ run: runNumber, key, value: text }).map(({ run, key, value }) => (store) => {
    const folders = runFolders(store);
    if (folders.length > 0) change(folders[run % folders.length] as string, value, key);
  });

const ofStore = (change: (store: TrackingStore, runId: string, value: string, key: string) => void) =>
  fc.record({ run: runNumber, key, value: text }).map(
    ({ run, key, value }): Mutation =>
      (changed) => {
        const ids = runFolders(changed).map((folder) => folder.slice(-32));
        // Deleted runs refuse writes, keys can collide: refusals are part of a store's life.
        if (ids.length > 0) attempt(() => change(changed.store, ids[run % ids.length] as string, value, key));
      },
  );

/** `n/x` where `n` is a file is not there. */
function remove(path: string): void {
  if (existsSync(path)) rmSync(path, { recursive: true });
}

/** What Python's file store does to files, each in its way: in place, by appending, by new folders. */
const byPython: readonly fc.Arbitrary<Mutation>[] = [
  ofRun((folder, value, key) => writeInPlace(join(folder, "tags", key), value)),
  ofRun((folder, value, key) => writeInPlace(join(folder, "tags", key), `${value.length % 10}`)),
  ofRun((folder, value, key) => appendInPlace(join(folder, "metrics", key), `${value.length} ${value.length}.5 0\n`)),
  ofRun((folder, value, key) => appendInPlace(join(folder, "metrics", key), `1 nan ${value.length}\n`)),
  ofRun((folder, value, key) => {
    if (!existsSync(join(folder, "params", key))) writeInPlace(join(folder, "params", key), value);
  }),
  ofRun((folder, _, key) => remove(join(folder, "tags", key))),
  ofRun((folder) =>
    rewriteMeta(folder, (meta) => meta.replace(/status: \d/, "status: 3").replace(/end_time: .*/, "end_time: 2")),
  ),
  ofRun((folder) => rewriteMeta(folder, (meta) => meta.replace("lifecycle_stage: active", "lifecycle_stage: deleted"))),
  ofRun((folder) => rewriteMeta(folder, (meta) => meta.replace("lifecycle_stage: deleted", "lifecycle_stage: active"))),
  ofRun((folder, value) =>
    rewriteMeta(folder, (meta) => meta.replace(/start_time: .*/, `start_time: ${value.length}`)),
  ),
  ofRun((folder) => rmSync(folder, { recursive: true })),
];

const bySomebody: readonly fc.Arbitrary<Mutation>[] = [
  ofRun((folder, _, key) => writeInPlace(join(folder, "tags", key), Buffer.from([0xc3, 0x28]))),
  ofRun((folder) => rewriteMeta(folder, (meta) => `${meta}status: [\n`)),
  ofRun((folder) => rewriteMeta(folder, (meta) => meta.replace("status: [\n", ""))),
  ofRun((folder) => rewriteMeta(folder, (meta) => meta.replace(/run_name: .*/, 'run_name: "\\ud800"'))),
  ofRun((folder) => rewriteMeta(folder, (meta) => meta.replace(/run_name: .*/, "run_name: ''"))),
  ofRun((folder) => rmSync(join(folder, "artifacts"), { recursive: true, force: true })),
  ofRun((folder) => rmSync(join(folder, "meta.yaml"), { force: true })),
  ofRun((folder, _, key) => remove(join(folder, "metrics", key))),
];

const byUs: readonly fc.Arbitrary<Mutation>[] = [
  fc.nat(1).map(
    (index): Mutation =>
      ({ store, experimentIds }) =>
        attempt(() =>
          store.createRun({
            experimentId: experimentIds[index] as string,
            runName: "new",
            userId: "u",
            startTime: index,
            tags: [],
          }),
        ),
  ),
  ofStore((store, runId, value, key) => store.logBatch(runId, { tags: [{ key, value }] })),
  ofStore((store, runId, value, key) => store.logBatch(runId, { params: [{ key, value }] })),
  ofStore((store, runId, value, key) =>
    store.logBatch(runId, {
      metrics: [
        { key, values: [value.length], steps: [1], timestamps: [2], datasetName: "d", datasetDigest: value || "0" },
      ],
    }),
  ),
  ofStore((store, runId, value) => store.updateRun(runId, { status: "FAILED", endTime: 5, runName: value })),
  ofStore((store, runId) => store.deleteRun(runId)),
  ofStore((store, runId) => store.restoreRun(runId)),
  ofStore((store, runId, _, key) => store.deleteTag(runId, key)),
  ofStore((store, runId, value) =>
    store.logInputs(runId, {
      datasets: [
        {
          dataset: { name: "x", digest: value, sourceType: "code", source: "{}" },
          tags: { "mlflow.data.context": "xy" },
        },
      ],
      models: [{ modelId: "m-1" }],
    }),
  ),
  ofStore((store, runId, value) => store.logOutputs(runId, [{ modelId: `m-${value.length}`, step: 1 }])),
  fc.nat(1).map(
    (index): Mutation =>
      ({ store, experimentIds }) => {
        const id = experimentIds[index] as string;
        attempt(() =>
          store.getExperiment(id).lifecycleStage === "active"
            ? store.deleteExperiment(id)
            : store.restoreExperiment(id),
        );
      },
  ),
];

/** A few changes, those of a healthy store more often than damage. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.oneof(
    { arbitrary: fc.oneof(...byPython), weight: 5 },
    { arbitrary: fc.oneof(...byUs), weight: 4 },
    { arbitrary: fc.oneof(...bySomebody), weight: 1 },
  ),
  { minLength: 1, maxLength: 4 },
);

/** Waits until the file system's clock has gone on, so that a change from now on can be told from one before. */
export function nextTick(folder: string): void {
  const probe = join(folder, "probe");
  const touch = () => {
    writeFileSync(probe, "");
    return statSync(probe).ctimeMs;
  };
  const before = touch();
  while (touch() === before);
}

function runFolders({ root, experimentIds }: ChangedStore): string[] {
  return experimentIds
    .flatMap((id) => [join(root, id), join(root, ".trash", id)])
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.length === 32)
        .sort()
        .map((name) => join(folder, name)),
    );
}

function writeInPlace(path: string, data: string | Buffer): void {
  attempt(() => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, data);
  });
}

function appendInPlace(path: string, line: string): void {
  attempt(() => {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, line);
  });
}

function rewriteMeta(folder: string, change: (meta: string) => string): void {
  const path = join(folder, "meta.yaml");
  if (existsSync(path)) writeFileSync(path, change(readFileSync(path, "utf8")));
}

/** Some changes cannot be made to what is there. */
function attempt(change: () => unknown): void {
  try {
    change();
  } catch {
    return;
  }
}

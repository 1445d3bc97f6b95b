import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RunEntity, ViewType } from "../../../src/core";
import { encodeOffset, type SearchQuery } from "../../../src/search";
import { formatExpression } from "../../../src/search/language";
import { fileStore } from "../../../src/stores";
import { resolveRoot } from "../../../src/stores/file";
import { findExperiment } from "../../../src/stores/file/experiments";
import { RunSearch } from "../../../src/stores/file/snapshot";
import { capturedStderr } from "../../support/captured-stderr";
import { temporaryFolder } from "../../support/temporary-folder";
import { samples } from "../../support/samples";
import { filtersOver } from "../search/filters";
import { type ChangedStore, KEYS, type Mutation, mutations, nextTick } from "./run-mutations";

let cache: string;
beforeEach(() => {
  cache = join(temporaryFolder(), "cache");
  vi.stubEnv("XDG_CACHE_HOME", cache);
});
afterEach(() => vi.unstubAllEnvs());

interface Asked {
  readonly viewType: ViewType;
  readonly query: SearchQuery;
}

const asked: fc.Arbitrary<Asked> = fc.record({
  viewType: fc.constantFrom("ACTIVE_ONLY", "DELETED_ONLY", "ALL"),
  query: fc.record({
    filter: fc.oneof(
      fc.constantFrom(
        undefined,
        "metrics.a > 0 AND params.b LIKE '%'",
        "params.a != '' AND tags.a != '' AND metrics.b >= 0",
      ),
      fc.constantFrom("attributes.status = 'RUNNING'", "run_name != 'new'", "datasets.name = 'x' AND metrics.a != 7"),
      fc.constantFrom("metrics.`../tags/a` > 0", "tags.`../params/a` IS NULL", "params.`n//x` != 'x'"),
      filtersOver(KEYS).map(formatExpression),
    ),
    orderBy: fc.uniqueArray(
      fc.constantFrom(
        "metrics.a DESC",
        "metrics.`n/x`",
        "params.b",
        "tags.a DESC",
        "status",
        "run_name DESC",
        "end_time",
      ),
      { maxLength: 2 },
    ),
    maxResults: fc.integer({ min: 1, max: 6 }),
    pageToken: fc.constantFrom(undefined, undefined, encodeOffset(1), encodeOffset(4)),
  }),
});

/** What becomes of the snapshots between two searches of different processes. */
const fate = fc.constantFrom("kept", "kept", "truncated", "altered", "junk", "gone", "blocked");

/** A small store, its runs written by `mutations` that cannot fail. */
function makeStore(): ChangedStore {
  const root = join(temporaryFolder(), "mlruns");
  const store = fileStore({ root });
  const experimentIds = ["one", "two"].map((name) => store.createExperiment(name));
  experimentIds.forEach((experimentId, index) => {
    for (let run = 0; run < 4; run++) {
      const { runId } = store.createRun({
        experimentId,
        runName: `r${run}`,
        userId: "u",
        startTime: run,
        tags: [],
      }).info;
      store.logBatch(runId, {
        metrics: KEYS.slice(index, 3).map((key) => ({ key, values: [run], steps: [0], timestamps: [1] })),
        params: KEYS.slice(0, run).map((key) => ({ key, value: "x".repeat(run) })),
        tags: [{ key: "a", value: String(run % 2) }],
      });
    }
  });
  return { store, root, experimentIds };
}

const foldersOf = ({ root, experimentIds }: ChangedStore): string[] =>
  experimentIds.flatMap((id) => findExperiment(resolveRoot(root), id)?.folder ?? []);

const searchOf = (root: string, minimumRuns: number, settlingTime?: number) =>
  new RunSearch(resolveRoot(root), { minimumRuns, settlingTime });

function expectSame(search: RunSearch, store: ChangedStore, { viewType, query }: Asked): void {
  const folders = foldersOf(store);
  const whole = searchOf(store.root, Number.POSITIVE_INFINITY).search(folders, viewType, query);
  expect(search.search(folders, viewType, query)).toEqual(whole);
}

function damageSnapshots(how: string): void {
  for (const file of snapshotFiles()) {
    if (how === "truncated") truncateSync(file, 1000);
    if (how === "altered") {
      const bytes = readFileSync(file);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
      writeFileSync(file, bytes);
    }
    if (how === "junk") writeFileSync(file, "junk");
    if (how === "gone" || how === "blocked") rmSync(file);
    if (how === "blocked") mkdirSync(file);
  }
}

function snapshotFiles(): string[] {
  if (!existsSync(cache)) return [];
  const entries = readdirSync(cache, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** A story: changes, each followed by a search of a process that goes on and by one of a process that begins. */
const story = fc.array(fc.record({ changes: mutations, asked, askedAnew: asked, fate }), {
  minLength: 2,
  maxLength: 6,
});

describe("a search that knows the runs from before finds what reading them all finds", () => {
  const follow = (settlingTime: number | undefined, numRuns: number) => {
    capturedStderr();
    fc.assert(
      fc.property(story, (chapters) => {
        const store = makeStore();
        const longLived = searchOf(store.root, 1, settlingTime);
        for (const { changes, asked, askedAnew, fate } of chapters) {
          expectSame(longLived, store, asked);
          nextTick(dirname(cache));
          for (const change of changes as readonly Mutation[]) change(store);
          nextTick(dirname(cache));
          expectSame(longLived, store, asked);
          expectSame(longLived, store, askedAnew);
          damageSnapshots(fate);
          expectSame(searchOf(store.root, 1, settlingTime), store, askedAnew);
        }
      }),
      { numRuns },
    );
  };

  test("when files are trusted as soon as the clock allows", { timeout: 60_000 }, () => follow(0, samples(12)));
  test("when young files are never trusted, as in life", { timeout: 60_000 }, () => follow(undefined, samples(4)));
});

describe("a process that begins", () => {
  const everything: Asked = { viewType: "ALL", query: {} };
  /** A store whose runs another process has searched, and the folder of its first run. */
  function makeKnownStore(): ChangedStore & { readonly run: string } {
    const store = makeStore();
    nextTick(dirname(cache));
    expectSame(searchOf(store.root, 1, 0), store, everything);
    nextTick(dirname(cache));
    const { info } = store.store.searchRuns([store.experimentIds[0] as string], { filter: "params.`n/x` = 'xxx'" })
      .items[0] as RunEntity;
    return { ...store, run: join(store.root, info.experimentId, info.runId) };
  }
  const find = (store: ChangedStore, filter: string) =>
    searchOf(store.root, 1, 0)
      .search(foldersOf(store), "ALL", { filter })
      .items.map((run) => run.info.runName);

  test("believes the params that another one has read, and looks at nothing else unchecked", () => {
    const store = makeKnownStore();
    // Not even Python overwrites a param: that it is not seen shows where the answer comes from.
    writeFileSync(join(store.run, "params", "b"), "changed");
    expect(find(store, "params.b = 'xxx' AND metrics.a >= 3")).toEqual(["r3"]);
    appendFileSync(join(store.run, "metrics", "a"), "1 0.0 9\n");
    expect(find(store, "params.b = 'xxx' AND metrics.a >= 3")).toEqual([]);
  });

  test("finds a tag, metric and param that were not there before, in folders of their own too", () => {
    const store = makeKnownStore();
    for (const path of ["tags/new", "tags/deep/er/new", "params/new"]) {
      mkdirSync(dirname(join(store.run, path)), { recursive: true });
      writeFileSync(join(store.run, path), "1");
    }
    writeFileSync(join(store.run, "metrics", "new"), "1 1.0 0\n");
    for (const filter of ["tags.new = '1'", "tags.`deep/er/new` = '1'", "params.new = '1'", "metrics.new = 1"])
      expect(find(store, filter)).toEqual(["r3"]);
  });

  test("leaves out a run that changed between two clauses in the midst of a search", () => {
    const store = makeKnownStore();
    writeFileSync(join(store.run, "tags", "a"), "7");
    writeFileSync(join(store.run, "tags", "b"), "new");
    rmSync(join(store.run, "params", "b"));
    expect(find(store, "params.b = 'xxx' AND tags.b = 'new'")).toEqual([]);
  });

  test("warns of a corrupt run once, and each process does", () => {
    const stderr = capturedStderr();
    const store = makeKnownStore();
    writeFileSync(join(store.run, "tags", "junk"), Buffer.from([0xc3, 0x28]));
    for (let search = 0; search < 2; search++) expect(find(store, "")).toHaveLength(7);
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).toContain("junk");
  });

  test.each(["truncated", "altered", "junk", "gone", "blocked"])("does without a snapshot that is %s", (how) => {
    const store = makeKnownStore();
    expect(snapshotFiles()).toHaveLength(2);
    damageSnapshots(how);
    expectSame(searchOf(store.root, 1, 0), store, everything);
    expect(snapshotFiles()).toHaveLength(how === "blocked" ? 0 : 2);
  });

  test("does without a cache folder", () => {
    const store = makeStore();
    writeFileSync(cache, "in the way");
    const search = searchOf(store.root, 1, 0);
    expectSame(search, store, everything);
    expectSame(search, store, everything);
    expect(readFileSync(cache, "utf8")).toBe("in the way");
  });

  test("keeps nothing of a small experiment", () => {
    const { store, experimentIds } = makeStore();
    expect(store.searchRuns(experimentIds, {}).items).toHaveLength(8);
    expect(existsSync(cache)).toBe(false);
  });
});

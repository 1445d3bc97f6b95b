import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { type SearchOptions, setTrackingUri, searchRuns } from "../../../src";
import { fileStore } from "../../../src/stores";
import { describeWithParts } from "../../support/parts";
import { startPythonPeer } from "../../support/python-peer";
import { temporaryFolder } from "../../support/temporary-folder";
import { startWriter } from "../../support/writers-at-once";
import { type Found, foundBy, type SearchAnswer } from "./found-by-search";

/** From 100 on a search goes by the snapshot of the former one. */
const RUNS = 120;
/** What a search must open at most, to have gone by the snapshot: one changed run, and each query's page. */
const MOST_OPENED = 100;
const ROUNDS = 400;

/** A store with runs that nobody has touched for so long that a snapshot of them can be trusted, and a search that has made it. */
async function settledStore() {
  const folder = temporaryFolder();
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  const root = join(folder, "mlruns");
  const store = fileStore({ root });
  const ids = Array.from({ length: RUNS }, (_, index) => {
    const run = { experimentId: "0", runName: `run ${index}`, userId: "u", startTime: index + 1, tags: [] };
    const { runId } = store.createRun(run).info;
    store.logBatch(runId, {
      params: [{ key: "rate", value: String(index) }],
      metrics: [{ key: "loss", values: [index + 1], steps: [0], timestamps: [1] }],
      tags: [{ key: "team", value: "red" }],
    });
    return runId;
  });
  const settled = Date.now() + 2100;
  setTrackingUri(root);
  return {
    folder,
    root,
    store,
    ids,
    /** Searches until a snapshot lies in the cache. */
    async settle() {
      await vi.waitUntil(() => Date.now() > settled, { timeout: 10_000 });
      expect(await searchRuns({ filter: "tags.team = 'red' AND metrics.loss > 0" })).toHaveLength(RUNS);
      expect(readdirSync(join(folder, "cache"), { recursive: true }).join()).toContain("0.snapshot");
    },
  };
}

describeWithParts(["python"], "runs that Python changes while we search them", ({ python: { python } }) => {
  test("each change shows at once, in a process that has searched before and in a new one", async () => {
    const { folder, root, ids, settle } = await settledStore();
    const peer = startPythonPeer(python, join(__dirname, "search_writer.py"), { folder, args: [root] });
    try {
      // Python is ready when it has answered.
      await peer.ask("set_tag", ids[119], "unrelated", "1");
      await settle();

      /** What this process finds and a new one, which must be the same. */
      const found = async (...queries: SearchOptions[]): Promise<readonly Found[]> => {
        const here: Found[] = [];
        for (const query of queries) here.push(foundBy(await searchRuns({ ...query, experimentIds: ["0"] })));
        const asked = queries.map((query) => JSON.stringify(query));
        const answer = (await startWriter(join(__dirname, "search-once.ts"), [root, ...asked]).answer) as SearchAnswer;
        expect(answer.found).toEqual(JSON.parse(JSON.stringify(here)));
        expect(answer.opened).toBeLessThan(MOST_OPENED);
        return here;
      };
      const names = (runs: Found | undefined) => runs?.map(({ name }) => name);

      await peer.ask("set_tag", ids[7], "team", "sea");
      const [red, sea] = await found({ filter: "tags.team = 'red'" }, { filter: "tags.team = 'sea'" });
      expect(red).toHaveLength(RUNS - 1);
      expect(sea).toEqual([{ name: "run 7", status: "RUNNING", team: "sea", loss: 8 }]);

      await peer.ask("log_metric", ids[8], "loss", -1, 1);
      const [best] = await found({ orderBy: ["metrics.loss ASC"], maxResults: 1 });
      expect(best).toEqual([{ name: "run 8", status: "RUNNING", team: "red", loss: -1 }]);

      await peer.ask("terminate", ids[9], "FAILED");
      const [failed, running] = await found(
        { filter: "attributes.status = 'FAILED'" },
        { filter: "attributes.status = 'RUNNING'" },
      );
      expect(names(failed)).toEqual(["run 9"]);
      expect(running).toHaveLength(RUNS - 1);

      await peer.ask("delete", ids[10]);
      const [active, deleted] = await found({}, { viewType: "DELETED_ONLY" });
      expect(active).toHaveLength(RUNS - 1);
      expect(names(deleted)).toEqual(["run 10"]);

      await peer.ask("create", "by Python");
      const [newest, all] = await found({ maxResults: 1 }, { viewType: "ALL" });
      expect(newest).toEqual([{ name: "by Python", status: "RUNNING", team: "new", loss: 0.5 }]);
      expect(all).toHaveLength(RUNS + 1);
    } finally {
      peer.close();
    }
  });

  test("in a race a search finds all that was there when it began, and nothing that never was", async () => {
    const { folder, root, store, ids, settle } = await settledStore();
    const [began, done] = [join(folder, "began"), join(folder, "done")];
    const counted = (path: string) => (existsSync(path) ? Number(readFileSync(path, "latin1")) : 0);
    const peer = startPythonPeer(python, join(__dirname, "search_writer.py"), { folder, args: [root] });
    try {
      await peer.ask("set_tag", ids[2], "side", "heads");
      await settle();
      let isOver = false;
      const race = peer.ask("race", ids, began, done, ROUNDS).finally(() => (isOver = true));
      race.catch(() => undefined);
      let searches = 0;
      const seen = new Set<string>();
      for (let last = false; !last; searches++) {
        await turnOfEventLoop();
        last = isOver;
        const before = counted(done);
        const [heads, tails, measured] = [
          await searchRuns({ filter: "tags.side = 'heads'" }),
          await searchRuns({ filter: "tags.side = 'tails'" }),
          await searchRuns({ filter: `metrics.round >= ${before}`, orderBy: ["metrics.round DESC"] }),
        ];
        const [all, active] = [await searchRuns({ viewType: "ALL" }), await searchRuns({})];
        const after = counted(began);
        const rounds = [
          Number(all.find(({ info }) => info.runId === ids[0])?.data.tags.round ?? "0"),
          ...measured.map(({ data }) => data.metrics.round ?? Number.NaN),
        ];
        for (const round of rounds) {
          expect(round).toBeGreaterThanOrEqual(before);
          expect(round).toBeLessThanOrEqual(after);
        }
        if (before > 0) expect(measured.map(({ info }) => info.runId)).toEqual([ids[1]]);
        for (const { data } of heads) expect(data.tags.side).toBe("heads");
        for (const { data } of tails) expect(data.tags.side).toBe("tails");
        const side = all.find(({ info }) => info.runId === ids[2])?.data.tags.side;
        expect(["heads", "tails"]).toContain(side);
        seen.add(`${side}`);
        const isWithin = (count: number) => {
          expect(count).toBeGreaterThanOrEqual(Math.floor(before / 20));
          expect(count).toBeLessThanOrEqual(Math.ceil(after / 20));
        };
        isWithin(all.length - RUNS);
        isWithin(all.length - active.length);
        for (const { info } of all) expect(info.runName).toMatch(/^(run \d+|round \d{8})$/);
      }
      await race;
      expect(seen).toEqual(new Set(["heads", "tails"]));
      expect(searches).toBeGreaterThan(20);
      const whole = await searchRuns({ viewType: "ALL", orderBy: ["attributes.run_id"] });
      for (const { info, data } of whole) {
        const read = store.getRun(info.runId);
        expect({ ...info }).toEqual({ ...read.info });
        expect([data.params, data.metrics, data.tags]).toEqual([read.data.params, read.data.metrics, read.data.tags]);
      }
      expect(whole).toHaveLength(RUNS + ROUNDS / 20);
    } finally {
      peer.close();
    }
  });
});

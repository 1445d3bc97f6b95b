import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { serverStores } from "../../../src/stores/sql";
import { type DatabaseServer, startMariadb, startPostgresql } from "../../support/database-server";
import { describeWithParts } from "../../support/parts";
import { temporaryFolder } from "../../support/temporary-folder";

const WRITERS = 12;
/** So much more has been acknowledged to each writer before the server crashes, and in the end. */
const ENOUGH = 15;

describeWithParts(["postgresql"], "PostgreSQL", ({ postgresql }) => {
  describeServer(() => startPostgresql(postgresql));
});

describeWithParts(["mariadb"], "MariaDB", ({ mariadb }) => {
  describeServer(() => startMariadb(mariadb));
});

/** What a writer has tried, and what of it was acknowledged. */
interface Log {
  readonly runId: string;
  tried: number;
  readonly steps: number[];
  readonly runs: string[];
}

function describeServer(start: () => Promise<DatabaseServer>): void {
  let server: DatabaseServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());

  test("to which two programs add many versions of a model at once gives each number once and refuses none", async () => {
    const uri = await server.database("versions");
    const registries = [0, 1].map(() => {
      const stores = serverStores({ uri, artifactRoot: temporaryFolder() });
      onTestFinished(() => stores.close());
      return stores.registry;
    });
    const [registry] = registries as [(typeof registries)[0]];
    await registry.createRegisteredModel("wine");
    const add = async (_: unknown, index: number) =>
      (registries[index % 2] as typeof registry).createModelVersion("wine", { source: `s3://models/${index}` });
    const added = await Promise.all(Array.from({ length: 60 }, add));
    const { items } = await registry.searchModelVersions({ filter: "name = 'wine'", maxResults: 100 });
    const numbered = (versions: typeof added) =>
      versions.map(({ version, source }) => `${version} ${source}`).toSorted();
    expect(new Set(added.map(({ version }) => version))).toEqual(new Set(added.map((_, index) => index + 1)));
    expect(numbered([...items])).toEqual(numbered(added));
  });

  test("that crashes twice under load has all that was acknowledged, once, and is written to again", async () => {
    const stores = serverStores({ uri: await server.database("load"), artifactRoot: temporaryFolder() });
    onTestFinished(() => stores.close());
    const { tracking } = stores;
    const experimentId = await tracking.createExperiment("load");
    const createRun = async (runName: string): Promise<string> =>
      (await tracking.createRun({ experimentId, runName, userId: "u", startTime: 1, tags: [] })).info.runId;
    const failures: unknown[] = [];
    let isOver = false;
    const write = async (log: Log, number: number): Promise<void> => {
      for (; !isOver; log.tried++) {
        const step = log.tried;
        try {
          await tracking.logBatch(log.runId, {
            metrics: [{ key: "m", values: [step, step], timestamps: [step, step + 1], steps: [step, step] }],
            params: [{ key: `p${step}`, value: String(step) }],
          });
          log.steps.push(step);
          await createRun(`run ${number}.${step}`);
          log.runs.push(`run ${number}.${step}`);
        } catch (error) {
          failures.push(error);
        }
      }
    };
    const logs: readonly Log[] = await Promise.all(
      Array.from({ length: WRITERS }, async (_, number) => ({
        runId: await createRun(`writer ${number}`),
        tried: 0,
        steps: [],
        runs: [],
      })),
    );
    const written = Promise.all(logs.map(write));
    const moreIsWritten = () => {
      const least = logs.map(({ steps }) => steps.length + ENOUGH);
      return vi.waitUntil(() => logs.every(({ steps }, number) => steps.length >= (least[number] as number)), 60_000);
    };
    for (let crash = 0; crash < 2; crash++) {
      await moreIsWritten();
      await server.restart();
    }
    await moreIsWritten();
    isOver = true;
    await written;

    for (const failure of failures)
      expect(failure).toMatchObject({ name: "StoreError", code: "TEMPORARILY_UNAVAILABLE" });
    for (const { runId, steps, tried } of logs) {
      const { items } = await tracking.getMetricHistory(runId, "m");
      const { params } = (await tracking.getRun(runId)).data;
      const stored = items.map(({ step }) => step);
      // What was not acknowledged is there whole, or not at all.
      const isThere = (step: number) => steps.includes(step) || stored.includes(step);
      const there = Array.from({ length: tried }, (_, step) => step).filter(isThere);
      expect(stored.toSorted((a, b) => a - b)).toEqual(there.flatMap((step) => [step, step]));
      expect(params).toEqual(Object.fromEntries(there.map((step) => [`p${step}`, String(step)])));
    }
    const { items } = await tracking.searchRuns([experimentId], { maxResults: 50_000 });
    const names = items.map(({ info }) => info.runName);
    expect(new Set(names).size).toBe(names.length);
    expect(logs.flatMap(({ runs }) => runs).filter((name) => !names.includes(name))).toEqual([]);
  });
}

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { TrackingClient } from "../../../src";
import { type DatabaseServer, startPostgresql } from "../../support/database-server";
import { describeWithParts } from "../../support/parts";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { createRuns, expectStored, post, Refused, writePoint } from "./point-writers";

const WRITERS = 30;
/** So much more has been acknowledged to each writer before a server is killed, and in the end. */
const ENOUGH = 5;
const AT_ONCE = 20;

const oneAfterTheOther = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Two servers of ours on one store, the first of which is killed in the midst of it. */
async function serveTwice(uri: string): Promise<void> {
  const folder = temporaryFolder();
  const start = () => startProgram(folder, ["server", "--backend-store-uri", uri, "-p", "0"]);
  const [first, second] = await Promise.all([start(), start()]);
  const servers = [first, second] as const;
  const urlOf = (number: number): string => servers[number % 2 === 0 ? 0 : 1].url;

  await createOnce(urlOf);
  await numberVersions(urlOf);

  const logs = new Map((await createRuns(first.url, WRITERS)).map((runId) => [runId, [] as number[]]));
  let isKilled = false;
  let isOver = false;
  const written = [...logs].map(async ([runId, log], number) => {
    for (let step = 0; !isOver; )
      try {
        await writePoint(isKilled ? second.url : urlOf(number + step), runId, step);
        log.push(step++);
      } catch (error) {
        if (error instanceof Refused || !isKilled) throw error;
      }
  });
  const all = Promise.all(written);
  const moreIsWritten = () => {
    const least = [...logs.values()].map((log) => log.length + ENOUGH);
    const isWritten = () => [...logs.values()].every((log, index) => log.length >= (least[index] as number));
    return Promise.race([vi.waitUntil(isWritten, 60_000), all]);
  };
  await moreIsWritten();
  isKilled = true;
  first.kill("SIGKILL");
  await moreIsWritten();
  isOver = true;
  await all;
  await expectStored((await start()).url, logs);
  expect(second.output().stderr).toBe("");
}

/** Who makes the same experiment at the same time makes one, and all others are told that it is there. */
async function createOnce(urlOf: (number: number) => string): Promise<void> {
  const answers = await Promise.allSettled(
    oneAfterTheOther(AT_ONCE).map((number) => post(urlOf(number), "experiments/create", { name: "at once" })),
  );
  const refusals = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as Refused] : []));
  expect(refusals.map(({ code }) => code)).toEqual(
    Array.from({ length: AT_ONCE - 1 }, () => "RESOURCE_ALREADY_EXISTS"),
  );
  const found = await new TrackingClient(urlOf(0)).searchExperiments({ filter: "name = 'at once'" });
  expect(found).toHaveLength(1);
}

/** Versions that are made at the same time have each number once, and an alias one version. */
async function numberVersions(urlOf: (number: number) => string): Promise<void> {
  await post(urlOf(0), "registered-models/create", { name: "wine" });
  const versions = await Promise.all(
    oneAfterTheOther(2 * AT_ONCE).map(async (number) => {
      const made = { name: "wine", source: `s3://models/${number}` };
      const { model_version } = await post<{ model_version: { version: string; source: string } }>(
        urlOf(number),
        "model-versions/create",
        made,
      );
      expect(model_version.source).toBe(made.source);
      await post(urlOf(number), "registered-models/alias", {
        name: "wine",
        alias: "champion",
        version: model_version.version,
      });
      return Number(model_version.version);
    }),
  );
  expect(versions.toSorted((a, b) => a - b)).toEqual(oneAfterTheOther(2 * AT_ONCE));
  const client = new TrackingClient(urlOf(1));
  const stored = await client.searchModelVersions({ filter: "name = 'wine'", maxResults: 1000 });
  expect(stored.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(oneAfterTheOther(2 * AT_ONCE));
  expect(stored.filter(({ aliases }) => aliases.includes("champion"))).toHaveLength(1);
}

const TITLE = "two servers on one store lose nothing and double nothing, also when one of them is killed";

test(`${TITLE}: SQLite`, () => serveTwice("sqlite:///shared.db"));

describeWithParts(["postgresql"], "PostgreSQL", ({ postgresql }) => {
  let database: DatabaseServer;
  beforeAll(async () => {
    database = await startPostgresql(postgresql);
  });
  afterAll(() => database.stop());

  test(TITLE, async () => serveTwice(await database.database("replicas")));
});

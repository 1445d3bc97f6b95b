import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, test, expect } from "vitest";
import { type DatabaseServer, startPostgresql } from "../../support/database-server";
import { describeWithParts } from "../../support/parts";
import { type StartedProgram, startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { createRuns, expectStored } from "./point-writers";
import { startWriters, type WriterProcess } from "./writer-process";

/** Three stores: more than a hundred kills in all. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 34);
/** So many points are acknowledged in each round at least. */
const LEAST = 30;
const PROCESSES = 5;
const WRITERS = 50;
/** Starting a server takes seconds on a busy machine. */
const PATIENCE = 60_000 + 6_000 * ROUNDS;

async function killAgainAndAgain(uri: string): Promise<void> {
  const folder = temporaryFolder();
  const logs = join(folder, "logs");
  mkdirSync(logs);
  const start = (): Promise<StartedProgram> => startProgram(folder, ["server", "--backend-store-uri", uri, "-p", "0"]);
  let processes: WriterProcess[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const server = await start();
    if (round === 0) processes = startAll(logs, await createRuns(server.url, WRITERS));
    const enough = LEAST + Math.floor(Math.random() * 130);
    let count = 0;
    const acknowledged = () => {
      if (++count === enough) server.kill("SIGKILL");
    };
    await Promise.all(processes.map((one) => one.writeUntilGone(server.url, round * 1_000_000, acknowledged)));
    // A server that all have left for another reason is killed by nobody.
    expect(count, `before round ${round} was over: ${server.output().stderr}`).toBeGreaterThanOrEqual(enough);
    await server.ended;
  }
  const noted = readLogs(logs);
  expect([...noted.values()].flat().length).toBeGreaterThanOrEqual(ROUNDS * LEAST);
  await expectStored((await start()).url, noted);
}

const startAll = (logs: string, runIds: readonly string[]): WriterProcess[] =>
  Array.from({ length: PROCESSES }, (_, process) =>
    startWriters(
      logs,
      runIds.filter((_, index) => index % PROCESSES === process),
    ),
  );

/** What each writer was told, as its log on the disk has it. */
function readLogs(folder: string): ReadonlyMap<string, readonly number[]> {
  const names = readdirSync(folder);
  expect(names).toHaveLength(WRITERS);
  return new Map(
    names.map((name) => [name, readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean).map(Number)]),
  );
}

const TITLE = `of what ${WRITERS} writers in ${PROCESSES} processes have noted on the disk as told is stored, nothing is missing and nothing twice when the server is killed ${ROUNDS} times`;

test.each([["./runs"], ["sqlite:///runs.db"]])(`${TITLE}: %s`, { timeout: PATIENCE }, killAgainAndAgain);

describeWithParts(["postgresql"], "on PostgreSQL", ({ postgresql }) => {
  let database: DatabaseServer;
  beforeAll(async () => {
    database = await startPostgresql(postgresql);
  });
  afterAll(() => database.stop());

  test(TITLE, { timeout: PATIENCE }, async () => killAgainAndAgain(await database.database("killed")));
});

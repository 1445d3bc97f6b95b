import { afterAll, beforeAll, test, expect } from "vitest";
import { type DatabaseServer, startPostgresql } from "../../support/database-server";
import { describeWithParts } from "../../support/parts";
import { type StartedProgram, startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { createRuns, expectStored, writePoint } from "./point-writers";

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 20);
const WRITERS = 50;
/** Starting a server takes seconds on a busy machine. */
const PATIENCE = 60_000 + 6_000 * ROUNDS;

/** Writes points one by one until the server is gone; `acknowledged` is told each that it has answered. */
async function write(url: string, runId: string, first: number, acknowledged: (step: number) => void): Promise<void> {
  for (let step = first; ; step++) {
    try {
      await writePoint(url, runId, step);
    } catch {
      return;
    }
    acknowledged(step);
  }
}

async function killAgainAndAgain(uri: string): Promise<void> {
  const folder = temporaryFolder();
  const start = (): Promise<StartedProgram> => startProgram(folder, ["server", "--backend-store-uri", uri, "-p", "0"]);
  const logs = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    const server = await start();
    if (round === 0) for (const runId of await createRuns(server.url, WRITERS)) logs.set(runId, []);
    const enough = 30 + Math.floor(Math.random() * 130);
    let count = 0;
    const writers = [...logs].map(([runId, log]) =>
      write(server.url, runId, round * 1_000_000, (step) => {
        log.push(step);
        if (++count === enough) server.kill("SIGKILL");
      }),
    );
    await Promise.all(writers);
    await server.ended;
    expect(count).toBeGreaterThanOrEqual(enough);
  }
  await expectStored((await start()).url, logs);
}

const TITLE = `of what ${WRITERS} writers were told is stored, nothing is missing and nothing twice when the server is killed ${ROUNDS} times`;

test.each([["./runs"], ["sqlite:///runs.db"]])(`${TITLE}: %s`, { timeout: PATIENCE }, killAgainAndAgain);

describeWithParts(["postgresql"], "on PostgreSQL", ({ postgresql }) => {
  let database: DatabaseServer;
  beforeAll(async () => {
    database = await startPostgresql(postgresql);
  });
  afterAll(() => database.stop());

  test(TITLE, { timeout: PATIENCE }, async () => killAgainAndAgain(await database.database("killed")));
});

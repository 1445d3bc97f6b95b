import { closeSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TrackingClient } from "../../../src";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { ScriptFolder } from "../runs/scripts";
import { createRuns, expectStored, Refused, writePoint } from "../tracking-server/point-writers";
import { FILL_DISK, MAKE_ROOM, smallDisk } from "./small-disk";

let scripts: ScriptFolder;
beforeAll(() => {
  scripts = new ScriptFolder();
});
afterAll(() => scripts.remove());

/** What a training prints, wherever it is recorded. */
const LINE = "f(x) = 2.20 * x - 0.400";

/** Logs 100 points while there is room, 2,900 while there is none, and 100 when there is again. */
const SCRIPT = `
  const points = (from, to) => { for (let step = from; step < to; step++) trackbook.logMetric("loss", step / 7, { step }); };
  main(async () => {
    const run = trackbook.startRun();
    trackbook.logParam("before", 1);
    points(0, 100);
    await trackbook.flush();
    ${FILL_DISK}
    trackbook.logParam("during", "x".repeat(400));
    points(100, 3000);
    trackbook.logText("z".repeat(100_000), "big.txt");
    console.log(line().toString(3));
    const error = await trackbook.flush().catch((reason) => reason);
    console.log(error instanceof trackbook.StoreError && error.code);
    ${MAKE_ROOM}
    trackbook.logParam("after", 1);
    trackbook.logText("fits", "after.txt");
    points(3000, 3100);
    await run.end();
  });`;

/** The run that the script has left: whole before and after, and of what was logged without room nothing half and nothing twice. */
async function expectRun(place: string): Promise<void> {
  const client = new TrackingClient(place);
  const [run, ...others] = await client.searchRuns(["0"]);
  expect(others).toEqual([]);
  expect(run?.info.status).toBe("FINISHED");
  expect(run?.data.params).toMatchObject({ before: "1", after: "1" });
  const { runId = "" } = run?.info ?? {};
  const found = await client.getMetricHistory(runId, "loss");
  const steps = found.map(({ step }) => step);
  for (const { value, step } of found) expect(value).toBe(step / 7);
  expect(new Set(steps).size).toBe(steps.length);
  expect(steps.filter((step) => step < 100)).toHaveLength(100);
  expect(steps.filter((step) => step >= 3000)).toHaveLength(100);
  expect((await client.listArtifacts(runId)).map(({ path }) => path)).toContain("after.txt");
}

const warnings = (stderr: string) => stderr.split("\n").filter((line) => line.startsWith("trackbook: "));

test("a full disk under a SQLite database costs what did not fit, with one warning; the training goes on", async (context) => {
  const disk = smallDisk(context, 8);
  const uri = `sqlite:///${disk}/mlflow.db`;
  const ended = await scripts.run(SCRIPT, "cjs", { MLFLOW_TRACKING_URI: uri, DISK: disk });
  expect(ended).toMatchObject({ code: 0, stdout: `ENOSPC\n${LINE}\nINTERNAL_ERROR\n` });
  expect(warnings(ended.stderr)).toEqual([expect.stringContaining("the disk is full")]);
  await expectRun(uri);
});

test("a disk that is still full at the end is told of whole, though nobody asks", async (context) => {
  const disk = smallDisk(context, 2);
  const ended = await scripts.run(
    `main(async () => {
      trackbook.startRun();
      trackbook.logMetric("loss", 1);
      await trackbook.flush();
      ${FILL_DISK}
      for (let step = 0; step < 2_000; step++) trackbook.logMetric("loss", step, { step });
      trackbook.logParam("rate", 1);
      trackbook.logText("z".repeat(10_000), "big.txt");
      process.exit(0);
    });`,
    "cjs",
    { MLFLOW_TRACKING_URI: join(disk, "mlruns"), DISK: disk },
  );
  expect(ended.code).toBe(0);
  const [first, all, ...others] = warnings(ended.stderr);
  expect(first).toContain("the disk is full");
  const lost = /all of this was not kept in .*: (.*)$/.exec(all ?? "")?.[1]?.split(", ") ?? [];
  // The first point may have found room in the last page of its file.
  expect(lost.toSorted()).toEqual([
    "a file",
    expect.stringMatching(/^metric "loss" \((1,999|2,000) times\)$/),
    'param "rate"',
    "the status",
  ]);
  expect(others).toEqual([]);
});

test("a full disk under the spool costs what did not fit, with one warning; the training goes on", async (context) => {
  const disk = smallDisk(context, 1);
  const folder = temporaryFolder();
  const { url } = await startProgram(folder, ["server", "--backend-store-uri", "sqlite:///runs.db", "-p", "0"]);
  const ended = await scripts.run(SCRIPT, "cjs", {
    MLFLOW_TRACKING_URI: url,
    TRACKBOOK_SPOOL: join(disk, "spool"),
    TRACKBOOK_CONNECT_TIMEOUT: "20000",
    DISK: disk,
  });
  expect(ended).toMatchObject({ code: 0, stdout: `ENOSPC\n${LINE}\nINTERNAL_ERROR\n` });
  expect(warnings(ended.stderr)).toEqual([expect.stringContaining("TRACKBOOK_SPOOL name a folder on another disk")]);
  await expectRun(url);
  expect(readdirSync(join(disk, "spool"))).toEqual([]);
});

test("a server whose disk is full says so, lives, and goes on when there is room", async (context) => {
  const disk = smallDisk(context, 8);
  const { url } = await startProgram(disk, ["server", "--backend-store-uri", "sqlite:///runs.db", "-p", "0"]);
  const logs = new Map((await createRuns(url, 10)).map((runId) => [runId, [] as number[]]));
  /** Each run is given points until it has so many more, or the server refuses one. */
  const write = (count: number) =>
    Promise.all(
      [...logs].map(async ([runId, log]): Promise<unknown> => {
        const end = log.length + count;
        while (log.length < end)
          try {
            await writePoint(url, runId, log.length);
            log.push(log.length);
          } catch (error) {
            return error;
          }
        return undefined;
      }),
    );
  expect(await write(5)).toEqual(Array.from(logs, () => undefined));
  const filler = openSync(join(disk, "filler"), "w");
  expect(() => {
    for (;;) writeSync(filler, Buffer.alloc(4096));
  }).toThrow("ENOSPC");
  for (const refusal of await write(10_000)) {
    expect(refusal).toBeInstanceOf(Refused);
    expect(refusal).toMatchObject({
      status: 500,
      code: "INTERNAL_ERROR",
      message: expect.stringContaining("the disk is full"),
    });
  }
  expect(await (await fetch(`${url}/health`)).text()).toBe("OK");
  await expectStored(url, logs);
  closeSync(filler);
  rmSync(join(disk, "filler"));
  expect(await write(5)).toEqual(Array.from(logs, () => undefined));
  await expectStored(url, logs);
});

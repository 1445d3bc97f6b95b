import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { TrackingClient } from "../../../src";
import { type DatabaseServer, startPostgresql } from "../../support/database-server";
import { createInstalledFolder } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";
import { runNode } from "../../support/run-node";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { createRuns, expectStored, Refused, writePoint } from "./point-writers";

const WRITERS = 30;
/** So much more has been acknowledged to each writer before PostgreSQL crashes, and in the end. */
const ENOUGH = 5;

/** Logs epochs until there is a file "over"; says how many there were. */
const TRAINING = `
  const { existsSync, writeFileSync } = require("node:fs");
  const tb = require("trackbook");
  (async () => {
    const run = tb.startRun({ runName: "training" });
    let epochs = 0;
    for (; !existsSync("over"); epochs++) {
      tb.logMetric("loss", 1 / (epochs + 1), { step: epochs });
      if (epochs === 5) writeFileSync("begun", "");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await run.end();
    console.log(run.id, epochs);
  })();`;

describeWithParts(["postgresql"], "a server whose PostgreSQL crashes under load", ({ postgresql }) => {
  let database: DatabaseServer;
  let folder: string;
  beforeAll(async () => {
    database = await startPostgresql(postgresql);
    folder = createInstalledFolder();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.stop();
  });

  test("lives, tells its writers to come again, and has all that was acknowledged; a training notices nothing", async () => {
    const uri = await database.database("served");
    const { url } = await startProgram(temporaryFolder(), ["server", "--backend-store-uri", uri, "-p", "0"]);
    const runIds = await createRuns(url, WRITERS);
    writeFileSync(join(folder, "training.cjs"), TRAINING);
    const training = runNode(process.execPath, ["training.cjs"], folder, {
      MLFLOW_TRACKING_URI: url,
      // On a machine that does much else at the same time a server is slow to answer.
      TRACKBOOK_CONNECT_TIMEOUT: "20000",
    });
    const logs = new Map(runIds.map((runId) => [runId, [] as number[]]));
    const refusals: Refused[] = [];
    let isOver = false;
    onTestFinished(() => {
      isOver = true;
    });
    const written = [...logs].map(async ([runId, log]) => {
      for (let step = 0; !isOver; )
        try {
          await writePoint(url, runId, step);
          log.push(step++);
        } catch (error) {
          // The same point again, as any client does.
          if (!(error instanceof Refused)) throw error;
          refusals.push(error);
        }
    });
    const healthy = (async () => {
      while (!isOver) expect(await (await fetch(`${url}/health`)).text()).toBe("OK");
    })();
    const moreIsWritten = () => {
      const least = [...logs.values()].map((log) => log.length + ENOUGH);
      return vi.waitUntil(
        () => [...logs.values()].every((log, index) => log.length >= (least[index] as number)),
        60_000,
      );
    };
    await vi.waitUntil(() => existsSync(join(folder, "begun")), 60_000);
    for (let crash = 0; crash < 2; crash++) {
      await moreIsWritten();
      await database.restart();
    }
    await moreIsWritten();
    isOver = true;
    writeFileSync(join(folder, "over"), "");
    await Promise.all([...written, healthy]);

    expect(refusals.filter(({ status, code }) => status !== 503 || code !== "TEMPORARILY_UNAVAILABLE")).toEqual([]);
    await expectStored(url, logs);
    const ended = await training;
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const [runId, epochs] = ended.stdout.trim().split(" ");
    const client = new TrackingClient(url);
    const steps = (await client.getMetricHistory(runId as string, "loss")).map(({ step }) => step);
    expect(steps.toSorted((a, b) => a - b)).toEqual(Array.from({ length: Number(epochs) }, (_, step) => step));
    const trained = await client.searchRuns(["0"]);
    expect(trained.map(({ info }) => [info.runName, info.status])).toEqual([["training", "FINISHED"]]);
  });
});

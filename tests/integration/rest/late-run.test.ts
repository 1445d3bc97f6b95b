import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { TrackingClient } from "../../../src";
import { createInstalledFolder } from "../../support/installed-folder";
import { runNode } from "../../support/run-node";
import { startProgram } from "../../support/started-program";
import { troubledServer } from "../../support/troubled-server";

/** Logs epochs until there is a file "over", the last one known in a file. */
const TRAINING = `
  const { existsSync, renameSync, writeFileSync } = require("node:fs");
  const tb = require("trackbook");
  (async () => {
    for (let epoch = 0; !existsSync("over"); epoch++) {
      tb.logMetric("loss", epoch, { step: epoch });
      writeFileSync("epoch.tmp", String(epoch));
      renameSync("epoch.tmp", "epoch");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const run = tb.activeRun();
    await run.end();
    console.log(run.provisional);
  })();`;

test("a training whose request for a run is held up goes on without an answer, and is one run when that arrives", async () => {
  const folder = createInstalledFolder();
  const { url } = await startProgram(folder, ["server", "--backend-store-uri", "sqlite:///runs.db", "-p", "0"]);
  const network = await troubledServer(() => url);
  onTestFinished(() => {
    network.close();
    rmSync(folder, { recursive: true, force: true });
  });
  network.become("stalled", "runs/create");
  writeFileSync(join(folder, "training.cjs"), TRAINING);
  const training = runNode(process.execPath, ["training.cjs"], folder, {
    MLFLOW_TRACKING_URI: network.uri,
    TRACKBOOK_CONNECT_TIMEOUT: "500",
  });
  const epoch = () => (existsSync(join(folder, "epoch")) ? Number(readFileSync(join(folder, "epoch"), "utf8")) : 0);
  await vi.waitUntil(() => network.held > 0 && epoch() > 150, 60_000);
  network.become("none");
  await vi.waitUntil(() => network.passed.some((line) => line.endsWith("log-batch")), 60_000);
  writeFileSync(join(folder, "over"), "");
  expect(await training).toEqual({ code: 0, stderr: "", stdout: "false\n" });
  const client = new TrackingClient(url);
  const runs = await client.searchRuns(["0"], { viewType: "ALL" });
  expect(runs).toHaveLength(1);
  const steps = (await client.getMetricHistory(runs[0]?.info.runId ?? "", "loss")).map(({ step }) => step);
  expect(steps.toSorted((a, b) => a - b)).toEqual(Array.from({ length: epoch() + 1 }, (_, step) => step));
});

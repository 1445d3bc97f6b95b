import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  activeRun,
  logMetric,
  searchRuns,
  setExperiment,
  setExperimentTag,
  setExperimentTags,
  setTrackingUri,
  startRun,
  TrackingClient,
} from "../../../src/tracking";
import { errorOf, rejectionOf } from "../../support/error-of";
import { newStore } from "./new-store";

test("the chosen experiment is found among however many", async () => {
  const { folder, store } = newStore();
  const experimentId = store.createExperiment("chosen");
  for (let index = 1; index <= 1100; index++) copyExperiment(join(folder, "mlruns"), experimentId, String(index));
  setExperiment({ experimentId });
  logMetric("loss", 1);
  expect(await searchRuns()).toHaveLength(1);
});

test("a run that nobody opened ends where it was when another experiment or store is chosen", async () => {
  const { folder, store } = newStore();
  const penguins = store.createExperiment("penguins");
  logMetric("loss", 1);
  setExperiment({ experimentId: "0" });
  setExperiment("Default");
  setTrackingUri(`${join(folder, "mlruns")}/`);
  const first = activeRun();
  expect(first?.status).toBe("RUNNING");
  setExperiment({ experimentId: penguins });
  expect([first?.status, activeRun()]).toEqual(["FINISHED", undefined]);
  logMetric("loss", 2);
  const second = activeRun();
  expect(second?.experimentId).toBe(penguins);
  setTrackingUri(join(folder, "elsewhere"));
  expect([second?.status, activeRun()]).toEqual(["FINISHED", undefined]);
  setExperiment("penguins");
  logMetric("loss", 3);
  expect(activeRun()?.artifactUri).toContain("elsewhere");
});

test("a run of startRun stays active whatever is chosen", async () => {
  const { folder } = newStore();
  const run = startRun();
  setExperiment("penguins");
  setTrackingUri(join(folder, "elsewhere"));
  expect(activeRun()).toBe(run);
  await run.end();
});

test("a name given as an id is told from one", () => {
  const { store } = newStore();
  store.createExperiment("penguins");
  expect(errorOf(() => startRun({ experimentId: "penguins" })).hint).toBe('experimentName: "penguins" names it.');
});

test("a tracking URI of the environment that names no store is named, with what keeps the runs here", () => {
  newStore();
  setTrackingUri("");
  for (const uri of ["ftp://example.org", "databricks"]) {
    process.env.MLFLOW_TRACKING_URI = uri;
    try {
      const error = errorOf(() => logMetric("loss", 1));
      expect(error.message).toContain("MLFLOW_TRACKING_URI");
      expect(error.hint).toContain("setTrackingUri");
    } finally {
      delete process.env.MLFLOW_TRACKING_URI;
    }
  }
});

test("a tag of an experiment is whole or refused, by the verb as by the client", async () => {
  const { store } = newStore();
  const long = "x".repeat(20_001);
  setExperimentTag("note", long.slice(1));
  expect(store.getExperiment("0").tags.note).toHaveLength(20_000);
  const client = new TrackingClient();
  const refusals = [
    errorOf(() => setExperimentTag("note", long)),
    errorOf(() => setExperimentTags({ other: "1", note: long })),
    await rejectionOf(client.setExperimentTag("0", "note", long)),
  ];
  for (const { message } of refusals) expect(message).toBe(refusals[0]?.message);
  expect(refusals[0]?.message).toContain("20001 characters");
  expect(store.getExperiment("0").tags).toEqual({ note: long.slice(1) });
});

/** Another experiment, made as another program would, newer than all. */
function copyExperiment(root: string, from: string, to: string): void {
  const meta = readFileSync(join(root, from, "meta.yaml"), "utf8");
  mkdirSync(join(root, to));
  const time = /creation_time: \d+/.exec(meta)?.[0] ?? "";
  const copy = meta.replaceAll(from, to).replace("name: chosen", `name: other ${to}`).replace(time, `${time}9`);
  writeFileSync(join(root, to, "meta.yaml"), copy);
}

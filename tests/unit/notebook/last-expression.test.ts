import { deepStrictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, isDeepStrictEqual } from "node:util";
import { SimpleLinearRegression } from "ml-regression";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dataset, logModel } from "../../../src";
import {
  endRun,
  getExperiment,
  getExperimentByName,
  logMetric,
  logParam,
  registerModel,
  searchExperiments,
  searchLoggedModels,
  searchModelVersions,
  searchRegisteredModels,
  setExperiment,
  setTrackingUri,
  startRun,
  TrackingClient,
} from "../../../src/tracking";

let store: string;
beforeEach(() => {
  vi.spyOn(Date, "now").mockReturnValue(Date.now());
  store = join(mkdtempSync(join(tmpdir(), "trackbook-last-expression-")), "mlruns");
  setTrackingUri(store);
  setExperiment("penguins");
});
afterEach(async () => {
  await endRun();
  setTrackingUri("");
  vi.restoreAllMocks();
});

/** What a Jupyter kernel gets that asks an object for its forms. */
function bundleOf(value: unknown): Record<string, string> {
  const display = (value as Record<symbol, (() => Record<string, string>) | undefined>)[Symbol.for("Jupyter.display")];
  if (display === undefined) throw new Error(`${String(value)} has no form of its own`);
  return display.call(value);
}

/** The words are in the HTML and in the printed text; inside of another object it is one line. */
function expectShown(value: unknown, ...words: string[]): void {
  const { "text/plain": text, "text/html": html } = bundleOf(value);
  expect(inspect(value)).toBe(text);
  for (const word of words) {
    expect(text).toContain(word);
    expect(html).toContain(word);
  }
  expect(html).toMatch(/^<div class="trackbook">/);
  const nested = inspect({ value });
  expect(nested).toContain(`{ value: `);
  expect(nested).not.toContain("\n");
}

/** Whoever compares, copies or stores it meets plain data. */
function expectPlain(value: object): void {
  const plain = Array.isArray(value) ? value.map((item) => ({ ...item })) : { ...value };
  deepStrictEqual(value, plain);
  expect(isDeepStrictEqual(structuredClone(value), plain)).toBe(true);
  expect(JSON.stringify(value)).toBe(JSON.stringify(plain));
  expect(inspect(plain)).not.toBe(inspect(value));
}

const logLine = () => logModel(new SimpleLinearRegression([1, 2, 3], [1, 3, 5]), "line", { inputExample: [[1], [2]] });

test("a run that is being written is its card, with what was logged a moment ago", async () => {
  const run = startRun({ runName: "otter" });
  logParam("rate", 0.1);
  for (let step = 0; step < 3; step++) logMetric("loss", 3 - step, { step });
  expectShown(run, "running", "otter", "penguins", "rate", "0.1", "loss", "mlruns");
  expect(inspect(run)).toMatch(/loss +█▅?▄?▁? .*1 @2/);
  await run.end();
  expectShown(run, "finished");
});

test("a run whose store is gone still prints, and says so", async () => {
  const run = startRun({ runName: "otter" });
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  rmSync(store, { recursive: true });
  expectShown(run, "running", "otter", "penguins", "could not be read");
  await expect(run.end()).rejects.toThrow();
  expect(stderr).toHaveBeenCalled();
});

test("experiments, found or read, are a list", async () => {
  await startRun({}, () => {});
  const found = await searchExperiments();
  expectShown(found, "penguins", "Default");
  const penguins = found.find(({ name }) => name === "penguins");
  for (const one of [
    penguins,
    await getExperiment(penguins?.experimentId ?? ""),
    await getExperimentByName("penguins"),
  ]) {
    expectShown(one, "penguins");
    expect(inspect(one)).not.toContain("Default");
    expectPlain(one ?? {});
  }
  expectPlain(found);
  expect(found.map(({ name }) => name).sort()).toEqual(["Default", "penguins"]);
});

test("a model that was logged is a card; those that are found are cards", async () => {
  const info = await startRun({ runName: "otter" }, logLine);
  expectShown(info, "line", "ml-regression", info.modelUri, "otter");
  const { signature: _class, ...rest } = info;
  expect(JSON.parse(JSON.stringify(rest))).toEqual(rest);
  expect(Object.keys(info)).toEqual(["modelId", "modelUri", "runId", "name", "signature"]);
  const client = new TrackingClient();
  const model = await client.getLoggedModel(info.modelId);
  expectShown(model, "line", info.modelUri);
  expectPlain(model);
  const found = await searchLoggedModels();
  expectShown(found, "models", "line", info.modelUri);
  expectPlain(found);
  const failed = await client.createLoggedModel(model.experimentId, { name: "half" });
  expectShown(await client.finalizeLoggedModel(failed.modelId, "FAILED"), "half", "failed");
});

test("a model that is registered is a card; those that are found are lists", async () => {
  const info = await startRun({ runName: "otter" }, logLine);
  const version = await registerModel(info.modelUri, "wine", { tags: { team: "vision" } });
  expectShown(version, "model version", "wine", info.modelUri, info.runId, "team", "vision", "models:/wine/1");
  expectPlain(version);
  const client = new TrackingClient();
  await client.setRegisteredModelAlias("wine", "champion", 1);
  const found = await searchModelVersions();
  expectShown(found, "model versions", "wine", "@champion", info.modelUri);
  expectPlain(found);
  const model = await client.getRegisteredModel("wine");
  expectShown(model, "registered model", "wine", "@champion → 1", info.modelUri);
  expectPlain(model);
  expectShown(model.latestVersions[0], "model version", "@champion");
  const models = await searchRegisteredModels();
  expectShown(models, "registered models", "wine", "@champion");
  expectPlain(models);
});

test("a data set is a line", () => {
  const rows = [
    { bill: 39.1, mass: 3750 },
    { bill: 39.5, mass: 3800 },
  ];
  const penguins = dataset(rows, { name: "penguins", source: "penguins.csv" });
  expectShown(penguins, "penguins", "2 × 2", penguins.digest.slice(0, 8), "penguins.csv");
  expectPlain(penguins);
});

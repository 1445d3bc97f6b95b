import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { compareRuns, showMetric, showRun, showRuns } from "../../../src/notebook";
import {
  endRun,
  logMetric,
  logParam,
  searchRuns,
  setExperiment,
  setTrackingUri,
  startRun,
  TrackingClient,
} from "../../../src/tracking";

let printed: string;
beforeEach(async () => {
  printed = "";
  setTrackingUri(join(mkdtempSync(join(tmpdir(), "trackbook-show-")), "mlruns"));
  setExperiment("penguins");
  for (const [index, rate] of [0.1, 0.01, 0.001].entries()) {
    await startRun({ runName: `rate-${rate}` }, () => {
      logParam("learning_rate", rate);
      logParam("epochs", 3);
      for (let step = 0; step < 3; step++) logMetric("loss", (index + 1) / (step + 1), { step });
      logMetric("accuracy", 0.9 + index / 100);
    });
  }
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  setTrackingUri("");
});

test("showRuns prints the experiment's runs, newest first, with what differs between them", async () => {
  const shown = await showRuns();
  expect(printed.trim()).toBe(shown.text.trim());
  const order = ["rate-0.001", "rate-0.01", "rate-0.1"].map((name) => printed.indexOf(`${name} `));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(printed).toContain("learning_rate");
  expect(shown.html).toContain("<table");
});

test("showRuns takes a query, a list, and fewer rows", async () => {
  await showRuns({ filter: "params.learning_rate = '0.1'" });
  expect(printed).toContain("rate-0.1");
  expect(printed).not.toContain("rate-0.01 ");
  printed = "";
  await showRuns(await searchRuns({ orderBy: ["metrics.loss ASC"] }), { maxRows: 1, title: "the best" });
  expect(printed).toMatch(/the best\s+3 runs/);
  expect(printed).toContain("rate-0.1 ");
  expect(printed).toContain("and 2 more: await showRuns(…, { maxRows: 3 })");
});

test("showRun prints a run with its histories: the last one, or the one named", async () => {
  await showRun();
  expect(printed).toContain("rate-0.001");
  expect(printed).toContain("penguins");
  expect(printed).toMatch(/loss .*1 @2/);
  printed = "";
  const [best] = await searchRuns({ orderBy: ["metrics.loss ASC"] });
  await showRun(best?.info.runId);
  expect(printed).toContain("rate-0.1 ");
});

test("compareRuns prints runs side by side", async () => {
  const runs = await searchRuns();
  const shown = await compareRuns(runs.map(({ info }) => info.runId));
  for (const words of ["rate-0.1", "rate-0.001", "learning_rate", "loss"]) expect(printed).toContain(words);
  expect(shown.html).toContain("<svg");
});

test("showMetric draws one metric of several runs", async () => {
  const shown = await showMetric("loss", await searchRuns(), { logScale: true });
  expect(printed).toContain("loss");
  expect(printed).toContain("epoch");
  expect(shown.svg).toMatch(/^<svg/);
});

test("a metric that no run has is told, with the one that was meant", async () => {
  const runs = await searchRuns();
  await expect(showMetric("los", runs)).rejects.toMatchObject({
    code: "RESOURCE_DOES_NOT_EXIST",
    message: expect.stringContaining('did you mean "loss"?'),
  });
  expect(printed).toBe("");
  await startRun({ runId: runs[0]?.info.runId }, () => logMetric("los", 1));
  await showMetric("los", runs);
  expect(printed).toContain("los");
});

test("a run that was taken up again lasts until now, whatever shows it", async () => {
  const [old] = await searchRuns();
  const client = new TrackingClient();
  const { runId, startTime } = old?.info ?? { runId: "", startTime: 0 };
  await client.setTerminated(runId, { endTime: startTime + 1000 });
  startRun({ runId });
  vi.spyOn(Date, "now").mockReturnValue(startTime + 7_200_000);
  const { text } = await showRun();
  expect(text).toMatch(/running[\s\S]*2 h/);
  expect((await showRuns()).text).toMatch(/running .* 2 h/);
  expect((await compareRuns([runId])).text).toMatch(/took +2 h/);
  expect(inspect(await searchRuns())).toMatch(/running .* 2 h/);
  await endRun();
});

test("what was shown can be shown again, and printed", async () => {
  const shown = await showRuns();
  printed = "";
  expect(shown.show()).toBe(shown);
  expect(printed.trim()).toBe(shown.text.trim());
  expect(inspect(shown)).toBe(shown.text);
  expect(inspect([shown])).not.toContain("\n");
});

test("mistakes are told at once", async () => {
  await expect(showRuns({}, { maxRow: 3 } as object)).rejects.toThrow('did you mean "maxRows"?');
  await expect(showRuns({}, { maxRows: 0 })).rejects.toThrow("a whole number ≥ 1");
  await expect(showMetric("loss", [], { smoothing: 1 })).rejects.toThrow("from 0 to below 1");
  await expect(compareRuns([42] as never)).rejects.toThrow("a run, or the id of one");
  await expect(showMetric("a\nb", [])).rejects.toThrow("Invalid metric name");
  await expect(showRun("0".repeat(32))).rejects.toThrow("not found");
});

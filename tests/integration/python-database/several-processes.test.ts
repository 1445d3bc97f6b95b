import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openTrackingStore } from "../../../src/stores";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { newGate, openGate, startWriter } from "../../support/writers-at-once";
import { databaseFolder } from "./database-folder";

const WRITER = join(__dirname, "../python-store/writer.ts");
const newRun = { experimentId: "0", runName: "shared", userId: "u", startTime: 1, tags: [] };

describeWithParts(["python"], "two processes of ours and one of Python's", ({ python: { python } }) => {
  test("that write to one run of a SQLite database at once keep every point, and each param has one winner", async () => {
    const { folder, uri } = databaseFolder();
    const store = openTrackingStore(uri);
    const { runId } = store.createRun(newRun).info;
    const gate = newGate();
    const writers = ["1", "2"].map((number) => startWriter(WRITER, ["share", uri, gate, number, runId]));
    await openGate(gate, ["1", "2"]);
    const args = ["append", uri, runId];
    await runPython(python, join(__dirname, "../python-store/store.py"), { args, cwd: folder });
    const answers = (await Promise.all(writers.map(({ answer }) => answer))) as { won: string[] }[];
    const values = store.getMetricHistory(runId, "loss").items.map(({ value }) => value);
    for (const [writer, count] of [
      [1, 3000],
      [2, 3000],
      [3, 300],
    ] as const) {
      const own = values.filter((value) => Math.floor(value / 100_000) === writer).sort((a, b) => a - b);
      expect(own).toEqual(Array.from({ length: count }, (_, step) => writer * 100_000 + step));
    }
    expect(answers.flatMap(({ won }) => won)).toHaveLength(60);
    const { params } = store.getRun(runId).data;
    answers.forEach(({ won }, index) => {
      for (const key of won) expect(params[key]).toBe(String(index + 1));
    });
  });
});

test("a process killed while it writes leaves a database that can be read and gone on with", async () => {
  const { folder, uri } = databaseFolder();
  const store = openTrackingStore(uri);
  const { runId } = store.createRun(newRun).info;
  writeFileSync(join(folder, "gate"), "");
  const writer = startWriter(WRITER, ["never", uri, join(folder, "gate"), "1", runId]);
  const count = () => store.getMetricHistory(runId, "loss").items.length;
  await vi.waitUntil(() => count() > 1000, { timeout: 60_000 });
  writer.process.kill("SIGKILL");
  await writer.answer.catch(() => undefined);
  const written = count();
  store.logBatch(runId, { metrics: [{ key: "loss", values: [-1], steps: [written], timestamps: [1e13] }] });
  const values = store.getMetricHistory(runId, "loss").items.map(({ value }) => value);
  expect(values.toSorted((a, b) => a - b)).toEqual([-1, ...Array.from({ length: written }, (_, step) => step)]);
  expect(store.getRun(runId).data.metrics.loss).toBe(-1);
});

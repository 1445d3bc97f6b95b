import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { openTrackingStore } from "../../../src/stores";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { temporaryFolder } from "../../support/temporary-folder";
import { newGate, openGate, startWriter } from "../../support/writers-at-once";

const WRITER = join(__dirname, "writer.ts");
const newRun = { experimentId: "0", runName: "shared", userId: "u", startTime: 1, tags: [] };

/** Starts writers, lets them all go at once, and answers what they said. */
async function writeAtOnce<Answer>(count: number, command: string, root: string, runId = ""): Promise<Answer[]> {
  const gate = newGate();
  const numbers = Array.from({ length: count }, (_, index) => String(index + 1));
  const writers = numbers.map((number) => startWriter(WRITER, [command, root, gate, number, runId]));
  await openGate(gate, numbers);
  return Promise.all(writers.map(({ answer }) => answer)) as Promise<Answer[]>;
}

test("eight processes that make the same experiments at once get one of each, and every run is whole", async () => {
  const root = join(temporaryFolder(), "mlruns");
  type Answer = { experiments: { created: boolean; experimentId: string }[]; runIds: string[] };
  const answers = await writeAtOnce<Answer>(8, "createAll", root);
  for (const index of [0, 1]) {
    const experiments = answers.map((answer) => answer.experiments[index]);
    expect(experiments.filter((experiment) => experiment?.created)).toHaveLength(1);
    expect(new Set(experiments.map((experiment) => experiment?.experimentId)).size).toBe(1);
  }
  const store = openTrackingStore(root);
  const experiments = store.searchExperiments({ viewType: "ALL" }).items;
  expect(experiments.map(({ name }) => name).sort()).toEqual(["Default", "shared", "shared too"]);
  const runs = store.searchRuns(
    experiments.map(({ experimentId }) => experimentId),
    {},
  ).items;
  expect(runs.map(({ info }) => info.runId).sort()).toEqual(answers.flatMap(({ runIds }) => runIds).sort());
  for (const { info, data } of runs) {
    const [, writer, index] = /^run (\d)-(\d+)$/.exec(info.runName) as unknown as [string, string, string];
    expect(info.status).toBe("FINISHED");
    expect(data).toMatchObject({ params: { writer }, metrics: { loss: Number(index) } });
  }
  expect(
    readdirSync(root, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".tmp")),
  ).toEqual([]);
});

describeWithParts(["python"], "two processes of ours and one of Python's", ({ python: { python } }) => {
  test("that write to one run at once keep every point, and each param has one winner", async () => {
    const root = join(temporaryFolder(), "mlruns");
    const store = openTrackingStore(root);
    const { runId } = store.createRun(newRun).info;
    const [answers] = await Promise.all([
      writeAtOnce<{ won: string[] }>(2, "share", root, runId),
      runPython(python, join(__dirname, "store.py"), { args: ["append", root, runId] }),
    ]);
    const values = store.getMetricHistory(runId, "loss").items.map(({ value }) => value);
    for (const [writer, count] of [
      [1, 3000],
      [2, 3000],
      [3, 300],
    ] as const) {
      const own = values.filter((value) => Math.floor(value / 100_000) === writer);
      expect(own).toEqual(Array.from({ length: count }, (_, step) => writer * 100_000 + step));
    }
    expect(values).toHaveLength(6300);
    expect(answers.flatMap(({ won }) => won)).toHaveLength(60);
    const { params } = store.getRun(runId).data;
    answers.forEach(({ won }, index) => {
      for (const key of won) expect(params[key]).toBe(String(index + 1));
    });
  });
});

/** The rows of a table that {@link writeAtOnce} has filled. */
function rowsOf(artifactUri: string, file: string): unknown[] {
  const table = JSON.parse(readFileSync(join(fileURLToPath(artifactUri), file), "utf8"));
  return table.data;
}

describe("processes that log to one table of one run", () => {
  test("lose no row, and every table is listed", { timeout: 120_000 }, async () => {
    const root = pathToFileURL(join(temporaryFolder(), "mlruns")).href;
    const store = openTrackingStore(root);
    const { runId, artifactUri } = store.createRun(newRun).info;
    await writeAtOnce(4, "tables", root, runId);
    const rows = rowsOf(artifactUri, "rows/all.json");
    const expected = [1, 2, 3, 4].flatMap((writer) => Array.from({ length: 40 }, (_, row) => [writer, row]));
    expect(rows.toSorted(byNumbers)).toEqual(expected);
    for (const writer of [1, 2, 3, 4])
      expect((rows as number[][]).filter(([first]) => first === writer)).toEqual(
        expected.filter(([first]) => first === writer),
      );
    const listed = JSON.parse(store.getRun(runId).data.tags["mlflow.loggedArtifacts"] ?? "[]") as { path: string }[];
    const files = readdirSync(join(fileURLToPath(artifactUri), "rows")).map((name) => `rows/${name}`);
    expect(listed.map(({ path }) => path).sort()).toEqual(files.sort());
    expect(files).toHaveLength(17);
    expect(readdirSync(fileURLToPath(artifactUri))).toEqual(["rows"]);
  });

  test("go on when one of them is killed in the midst of a change", { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    const root = pathToFileURL(join(folder, "mlruns")).href;
    const store = openTrackingStore(root);
    const { runId, artifactUri } = store.createRun(newRun).info;
    const gate = join(folder, "gate");
    writeFileSync(gate, "");
    const holder = startWriter(WRITER, ["hold", root, gate, "9", runId]);
    await vi.waitUntil(() => existsSync(`${gate}.held`), { timeout: 60_000 });
    const others = writeAtOnce(3, "tables", root, runId);
    others.catch(() => undefined);
    holder.process.kill("SIGKILL");
    await others;
    expect(rowsOf(artifactUri, "rows/all.json")).toHaveLength(120);
    expect(readdirSync(fileURLToPath(artifactUri))).toEqual(["rows"]);
  });
});

const byNumbers = (one: unknown, other: unknown): number => {
  const [[a, b], [c, d]] = [one, other] as [[number, number], [number, number]];
  return a - c || b - d;
};

test("a process killed while it writes leaves a history that can be read and gone on with", async () => {
  const folder = temporaryFolder();
  const root = join(folder, "mlruns");
  const store = openTrackingStore(root);
  const { runId } = store.createRun(newRun).info;
  writeFileSync(join(folder, "gate"), "");
  const writer = startWriter(WRITER, ["never", root, join(folder, "gate"), "1", runId]);
  const count = () => store.getMetricHistory(runId, "loss").items.length;
  await vi.waitUntil(() => count() > 1000, { timeout: 60_000 });
  writer.process.kill("SIGKILL");
  await writer.answer.catch(() => undefined);
  const written = count();
  store.logBatch(runId, { metrics: [{ key: "loss", values: [-1], steps: [written], timestamps: [1] }] });
  const values = store.getMetricHistory(runId, "loss").items.map(({ value }) => value);
  expect(values).toEqual([...Array.from({ length: written }, (_, step) => step), -1]);
});

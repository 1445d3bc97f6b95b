import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localArtifacts } from "../../../src/artifacts";
import type { RunEntity } from "../../../src/core";
import { openTrackingStore } from "../../../src/stores";
import { capturedStderr } from "../../support/captured-stderr";
import { createInstalledFolder } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { type CutStore, countOperations, cutsOf, pageEnds, runCut, type WriteOperation } from "./cut-process";
import { hookedCalls, writeCalls } from "./write-calls";

const PROGRAM = join(__dirname, "program.cjs");
const KEYS = ["loss", "accuracy", "val/loss"];
const PARAMS = { rate: "0.1", long: "x".repeat(400), "nested/one": "größer" };

let installed: string;
let operations: readonly WriteOperation[];
let stores: readonly CutStore[];

beforeAll(async () => {
  installed = createInstalledFolder("ml-regression");
  for (const file of ["program.cjs", "continue.cjs"]) copyFileSync(join(__dirname, file), join(installed, file));
  operations = await countOperations(installed);
  const cuts = [...cutsOf(operations)];
  const found: CutStore[] = [];
  const work = async () => {
    for (let cut = cuts.shift(); cut; cut = cuts.shift()) found.push(await runCut(installed, cut));
  };
  await Promise.all([work(), work(), work()]);
  stores = found.sort((one, other) => one.cut.at - other.cut.at || (one.cut.written ?? -1) - (other.cut.written ?? -1));
}, 900_000);

afterAll(() => rmSync(installed, { recursive: true, force: true }));

/** Says of which cut an expectation speaks. */
const nameOf = ({ cut, acknowledged }: CutStore): string => {
  const operation = operations[cut.at - 1];
  return `cut ${cut.at} (${cut.written ?? "before"}) at ${operation?.name} ${operation?.path}, after "${acknowledged.at(-1)}"`;
};

const runIdOf = ({ acknowledged }: CutStore): string | undefined => acknowledged[0]?.slice("run ".length);
const pointsOf = ({ acknowledged }: CutStore): number =>
  Math.max(0, ...acknowledged.filter((note) => note.startsWith("points")).map((note) => Number(note.slice(7))));

/** The steps 0, 1, 2 … with the values that the program logged, as far as they go: lines of 31 bytes, which pages are no multiples of. */
const prefix = (length: number) => Array.from({ length }, (_, step) => [step, step + 0.12345678]);

/** What must be there, and that nothing else is: from our reading or from Python's. */
function expectWhole(
  cut: CutStore,
  params: Readonly<Record<string, string>>,
  tags: Readonly<Record<string, string>>,
  histories: Readonly<Record<string, readonly (readonly number[])[]>>,
  continued = false,
) {
  const name = nameOf(cut);
  const keysPromised = cut.acknowledged.includes("keys");
  expect({ ...PARAMS, ...params }, name).toEqual({ ...params, ...PARAMS });
  if (keysPromised || continued) expect(params, name).toMatchObject(PARAMS);
  if (keysPromised) expect(tags["nested/two"], name).toBe("y".repeat(400));
  expect([undefined, "red", "blue"], name).toContain(tags.team);
  if (keysPromised) expect(tags.team, name).toBeDefined();
  if (cut.acknowledged.includes("artifact")) expect(tags.team, name).toBe("blue");
  for (const key of KEYS) {
    const points = [...(histories[key] ?? [])];
    if (continued && key === "loss") expect(points.pop(), name).toEqual([1000, 1000]);
    expect(points, name).toEqual(prefix(points.length));
    expect(points.length, name).toBeGreaterThanOrEqual(pointsOf(cut));
  }
}

function readRun(cut: CutStore): RunEntity | undefined {
  const store = openTrackingStore(cut.store);
  const experiments = store.searchExperiments({}).items.map(({ experimentId }) => experimentId);
  const runs = store.searchRuns(experiments, {}).items;
  expect(runs.length, nameOf(cut)).toBeLessThanOrEqual(1);
  const [found] = runs;
  if (runIdOf(cut)) expect(found?.info.runId, nameOf(cut)).toBe(runIdOf(cut));
  if (!found) return undefined;
  const run = store.getRun(found.info.runId);
  const history = (key: string) =>
    store.getMetricHistory(run.info.runId, key).items.map(({ step, value }) => [step, value]);
  expectWhole(cut, run.data.params, run.data.tags, Object.fromEntries(KEYS.map((key) => [key, history(key)])));
  return run;
}

/** What the store can call and this program does not: what for. */
const UNCALLED: Readonly<Record<string, string>> = {
  cpSync: "downloads, which go elsewhere",
  createWriteStream: "files that a server is sent",
  ftruncateSync: "a line that was torn is taken away, by the process that goes on after each cut",
  writeSync: "metrics that have such a line; new files where there are no links",
};

test("a process can be cut at every way in which the store writes, and the program goes all of them", () => {
  const calls = [...writeCalls()];
  const hooked = hookedCalls();
  expect(calls.filter(([name]) => !hooked.has(name))).toEqual([]);
  const called = new Set(operations.map(({ name }) => name));
  const uncalled = calls.map(([name]) => name).filter((name) => !called.has(name));
  expect(uncalled.sort()).toEqual(Object.keys(UNCALLED).sort());
});

test("a process that dies at any write leaves a store that we can read, with all that was promised and nothing half", () => {
  const stderr = capturedStderr();
  expect(stores.length).toBeGreaterThan(operations.length);
  for (const cut of stores) {
    if (!existsSync(cut.store)) continue;
    const run = readRun(cut);
    if (!run) continue;
    const promised = (note: string) => cut.acknowledged.includes(note);
    const { datasetInputs } = run.inputs;
    expect(datasetInputs.length, nameOf(cut)).toBeGreaterThanOrEqual(promised("data") ? 1 : 0);
    for (const { dataset } of datasetInputs) expect(dataset.digest, nameOf(cut)).toMatch(/^[0-9a-f]+$/);
    const artifacts = localArtifacts({ root: fileURLToPath(new URL(run.info.artifactUri, "file:")) });
    const notes = artifacts.list("notes");
    if (promised("artifact")) expect(notes, nameOf(cut)).toHaveLength(1);
    for (const { path } of notes)
      expect(Buffer.from(artifacts.read(path)).toString(), nameOf(cut)).toBe("z".repeat(5000));
    const copies = artifacts.list("files");
    if (promised("artifact")) expect(copies, nameOf(cut)).toHaveLength(1);
    for (const { path } of copies)
      expect(Buffer.from(artifacts.read(path)).toString(), nameOf(cut)).toBe(readFileSync(PROGRAM, "utf8"));
    if (promised("training")) {
      expect(
        artifacts.list("model").map(({ path }) => path),
        nameOf(cut),
      ).toContain("model/MLmodel");
      expect(run.data.metrics, nameOf(cut)).toHaveProperty("training_score");
      expect(run.outputs.modelOutputs, nameOf(cut)).toHaveLength(1);
    }
    expect(run.info.status, nameOf(cut)).toBe(promised("end") ? "FINISHED" : "RUNNING");
  }
  // The only thing ever half-written is the last line of a metric: it is said, and left out.
  expect(stderr.filter((line) => !line.includes("has a half-written line, which is left out"))).toEqual([]);
});

interface PythonAnswer {
  readonly error?: string;
  readonly runs: readonly {
    readonly id: string;
    readonly status: string;
    readonly params: Record<string, string>;
    readonly tags: Record<string, string>;
    readonly datasets: number;
    readonly histories: Record<string, [number, number][]>;
  }[];
}

/**
 * A metric of which a write was ended between the ends of two pages, as a kill does not: Python refuses a run that has one, as after the
 * machine itself has died, until the run is gone on with.
 */
const tearsLine = ({ cut: { at, written } }: CutStore): boolean => {
  const { name, offset, bytes = 0 } = operations[at - 1] as WriteOperation;
  return name === "appendFileSync" && !!written && !pageEnds(offset, bytes).includes(written);
};

describeWithParts(["python"], "after a process has died at any write", ({ python: { python } }) => {
  const script = join(__dirname, "read_stores.py");

  test("Python reads the store, then a new process goes on with the run, and both read all of it", async () => {
    capturedStderr();
    const whole = stores.filter((cut) => !tearsLine(cut));
    const before = await runPython<PythonAnswer[]>(python, script, { input: whole.map(({ store }) => store) });
    const refused = whole.flatMap((cut, index) =>
      before[index]?.error ? [`${nameOf(cut)}: ${before[index].error}`] : [],
    );
    expect(refused).toEqual([]);
    whole.forEach((cut, index) => {
      const run = before[index]?.runs.find(({ id }) => id === runIdOf(cut));
      if (runIdOf(cut)) expect(run, nameOf(cut)).toBeDefined();
      if (run) expectWhole(cut, run.params, run.tags, run.histories);
    });

    const input = JSON.stringify(stores.map((cut) => ({ store: cut.store, runId: runIdOf(cut) })));
    const { VITEST: _vitest, ...env } = process.env;
    const said = execFileSync(process.execPath, ["continue.cjs"], { cwd: installed, input, env, encoding: "utf8" });
    const ids: string[] = JSON.parse(said);
    const after = await runPython<PythonAnswer[]>(python, script, { input: stores.map(({ store }) => store) });
    stores.forEach((cut, index) => {
      const answer = after[index] as PythonAnswer;
      expect(answer.error, nameOf(cut)).toBeUndefined();
      const run = answer.runs.find(({ id }) => id === ids[index]);
      expect(run?.status, nameOf(cut)).toBe("FINISHED");
      if (run && runIdOf(cut)) expectWhole(cut, run.params, run.tags, run.histories, true);
      const ours = openTrackingStore(cut.store).getMetricHistory(ids[index] as string, "loss").items;
      expect(
        ours.map(({ step, value }) => [step, value]),
        nameOf(cut),
      ).toEqual(run?.histories.loss);
    });
  }, 600_000);
});

import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import type { RunEntity } from "../../../src/core";
import { TrackingClient } from "../../../src/tracking";
import { createInstalledFolder } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { runNode } from "../../support/run-node";
import { comparableDump, dumpStore, type StoreDump } from "../python-store/dump";

/** See writer.cjs. */
const [RUNS, ROUNDS] = [3, 12];
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describeWithParts(["python"], "processes that write by the public verbs at once", ({ python: { python } }) => {
  /** Lets processes write, the package as it was built; what they have left, which Python reads as we do. */
  async function write(command: "many" | "one", count: number, experiment: string) {
    const folder = createInstalledFolder("ml-regression");
    const root = join(folder, "mlruns");
    const client = new TrackingClient(root);
    copyFileSync(join(__dirname, "writer.cjs"), join(folder, "writer.cjs"));
    const run = command === "one" ? await client.createRun(experiment) : undefined;
    const env = { TRACKBOOK_TESTING: "1", MLFLOW_TRACKING_URI: root, MLFLOW_RUN_ID: run?.info.runId ?? "" };
    const numbers = upTo(count).map((index) => String(index + 1));
    const ended = numbers.map((number) => runNode(process.execPath, ["writer.cjs", command, number], folder, env));
    await vi.waitUntil(() => numbers.every((number) => existsSync(join(folder, `ready.${number}`))), {
      timeout: 60_000,
    });
    writeFileSync(join(folder, "go"), "");
    for (const { code, stderr } of await Promise.all(ended)) expect([code, stderr]).toEqual([0, ""]);
    const ours = await dumpStore(client);
    const theirs = await runPython<StoreDump>(python, join(__dirname, "../python-store/store.py"), {
      args: ["dump", root],
    });
    expect(comparableDump(theirs)).toEqual(comparableDump(ours));
    return { client, runId: run?.info.runId ?? "", remove: () => rmSync(folder, { recursive: true, force: true }) };
  }

  const file = ({ info }: RunEntity, path: string) =>
    readFileSync(join(fileURLToPath(new URL(info.artifactUri, "file:")), path), "utf8");
  const valuesOf = async (client: TrackingClient, runId: string, key: string) =>
    (await client.getMetricHistory(runId, key)).map(({ value }) => value);

  test("eight in one experiment: every run is whole", { timeout: 300_000 }, async () => {
    const { client, remove } = await write("many", 8, "0");
    const experiment = await client.getExperimentByName("shared");
    const runs = await client.searchRuns([experiment?.experimentId ?? ""]);
    const names = upTo(8).flatMap((writer) => upTo(RUNS).map((index) => `${writer + 1}-${index}`));
    expect(runs.map(({ info }) => info.runName).sort()).toEqual(names.sort());
    for (const run of runs) {
      const [writer, index] = run.info.runName.split("-");
      expect(run.info.status).toBe("FINISHED");
      expect(run.data.params).toMatchObject({ writer, index });
      expect(run.data.tags.estimator_name).toBe("SimpleLinearRegression");
      expect(await valuesOf(client, run.info.runId, "loss")).toEqual(upTo(200).map((step) => step / 7));
      expect(file(run, "notes/text.txt")).toBe(`text of ${run.info.runName}`);
      expect(file(run, "model/MLmodel")).toContain("flavors:");
      expect(run.outputs.modelOutputs).toHaveLength(1);
    }
    remove();
  });

  test("two on one run: tags, files, tables, data sets and models of both, none of it torn", {
    timeout: 300_000,
  }, async () => {
    const { client, runId, remove } = await write("one", 2, "0");
    const run = await client.getRun(runId);
    expect(run.info.status).toBe("RUNNING");
    expect([..."12"].map((number) => number.repeat(2000))).toContain(run.data.tags.last);
    expect([..."12"].map((number) => number.repeat(50_000))).toContain(file(run, "notes/all.txt"));
    const both = (of: (number: string, index: number) => string) =>
      ["1", "2"].flatMap((number) => upTo(ROUNDS).map((index) => of(number, index))).sort();
    for (const number of ["1", "2"])
      for (const index of upTo(ROUNDS)) {
        expect(run.data.params[`param ${number}-${index}`]).toBe(String(index));
        expect(run.data.tags[`tag ${number}-${index}`]).toBe(String(index));
        expect(file(run, `notes/${number}-${index}.txt`)).toBe(String(index));
      }
    for (const number of ["1", "2"]) expect(await valuesOf(client, runId, `metric ${number}`)).toEqual(upTo(ROUNDS));
    expect((await valuesOf(client, runId, "shared")).sort((one, other) => one - other)).toEqual(
      upTo(2 * ROUNDS).map((index) => Math.floor(index / 2)),
    );
    const table = JSON.parse(file(run, "table.json")) as { data: [string, number][] };
    expect(table.data.map(([number, index]) => `${number}-${index}`).sort()).toEqual(both((n, i) => `${n}-${i}`));
    const data = run.inputs.datasetInputs.map(({ dataset }) => dataset.name).filter((name) => name.startsWith("data "));
    expect(data.sort()).toEqual(both((number, index) => `data ${number}-${index}`));
    const models = (await client.searchLoggedModels(["0"])).map(({ name, status }) => `${name} ${status}`);
    expect(models.sort()).toEqual(
      [
        ...["model READY", "model-2 READY"],
        ...both((n, i) => (i === 0 ? `model ${n}-${i} READY` : "")).filter((name) => name !== ""),
      ].sort(),
    );
    expect(run.outputs.modelOutputs).toHaveLength(models.length);
    remove();
  });
});

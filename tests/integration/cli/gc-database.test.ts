import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TrackingClient } from "../../../src/tracking";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { temporaryFolder } from "../../support/temporary-folder";
import { trackbook, trackbookJson } from "./command-line";

/** What Python finds in a database. */
interface Found {
  readonly experiments: readonly string[];
  readonly runs: readonly string[];
  readonly history: readonly number[];
  /** Rows that belong to nothing, by their tables. */
  readonly orphans: Readonly<Record<string, number>>;
}

interface Removed {
  readonly kind: string;
  readonly name: string;
}

describeWithParts(["python"], "trackbook gc on a database", ({ python: { python } }) => {
  const database = "sqlite:///mlflow.db";

  async function fillDatabase() {
    const folder = temporaryFolder();
    const client = new TrackingClient(`sqlite:///${folder}/mlflow.db`);
    const artifactLocation = join(folder, "kept");
    const iris = await client.createExperiment("iris", { artifactLocation, tags: { team: "botany" } });
    const gone = await client.createExperiment("gone", { artifactLocation: "mlflow-artifacts:/9" });
    const addRun = async (experimentId: string, runName: string) => {
      const { runId } = (await client.createRun(experimentId, { runName, tags: { a: 1 } })).info;
      const model = await client.createLoggedModel(experimentId, { name: runName, sourceRunId: runId });
      const metrics = [0.5, 0.25].map((value, step) => ({ key: "loss", value, step, modelId: model.modelId }));
      await client.logBatch(runId, { metrics, params: [{ key: "lr", value: 1 }] });
      const dataset = { name: "table", digest: runName, sourceType: "local", source: "here" };
      await client.logInputs(runId, { datasets: [{ dataset, tags: { "mlflow.data.context": "train" } }] });
      await client.logOutputs(runId, [{ modelId: model.modelId, step: 1 }]);
      return { runId, ...model };
    };
    const [first, second, third] = [
      await addRun(iris, "first"),
      await addRun(iris, "second"),
      await addRun(gone, "third"),
    ];
    for (const { runId } of [first, second]) await client.logText(runId, "hello", "notes/hello.txt");
    await client.deleteRun(first.runId);
    await client.deleteLoggedModel(second.modelId);
    await client.deleteExperiment(gone);
    return { folder, client, iris, gone, first, second, third };
  }

  const found = (folder: string) =>
    runPython<Found>(python, join(__dirname, "read_database.py"), { args: [`sqlite:///${folder}/mlflow.db`] });

  test("removes for good what is deleted, with its files, and Python finds the rest whole", async () => {
    const { folder, iris, gone, first, second } = await fillDatabase();
    const gc = (...args: string[]) => trackbook(folder, ["gc", "--backend-store-uri", database, "--yes", ...args]);
    expect(await gc("--older-than", "1h")).toMatchObject({ code: 0, stdout: "" });
    expect(await gc("--run-ids", second.runId)).toMatchObject({ code: 1, stdout: "" });
    expect(await gc("--experiment-ids", iris)).toMatchObject({ code: 1, stdout: "" });
    const named = await gc("--run-ids", first.runId.slice(0, 10));
    expect(named).toMatchObject({ code: 0, stdout: `Run with ID ${first.runId} has been permanently deleted.\n` });
    expect(existsSync(join(folder, "kept", first.runId))).toBe(false);
    expect(existsSync(join(folder, "kept", second.runId, "artifacts/notes/hello.txt"))).toBe(true);
    expect((await found(folder)).experiments).toEqual(["Default", "gone", "iris"]);

    // What a server keeps for its clients lies below the place that it was given.
    const args = ["--backend-store-uri", database, "--yes", "--artifacts-destination", "./mlartifacts"];
    const removed = await trackbookJson<Removed[]>(folder, ["gc", ...args]);
    expect(removed.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      "experiment gone",
      "logged model second",
      "logged model third",
      "run third",
    ]);
    expect(await found(folder)).toEqual({
      experiments: ["Default", "iris"],
      runs: [second.runId],
      history: [0.5, 0.25],
      orphans: {},
    });
    const client = new TrackingClient(`sqlite:///${folder}/mlflow.db`);
    await expect(client.getExperiment(gone)).rejects.toMatchObject({ code: "RESOURCE_DOES_NOT_EXIST" });
    expect((await client.searchLoggedModels([iris])).map(({ name }) => name)).toEqual(["first"]);
  });

  test("says where artifacts were left that nobody named a place for, and leaves an experiment with an active run", async () => {
    const { folder, client, third } = await fillDatabase();
    await client.restoreRun(third.runId);
    await trackbook(folder, ["gc", "--backend-store-uri", database, "--yes"]);
    expect((await client.getRun(third.runId)).info.lifecycleStage).toBe("active");
    await client.deleteRun(third.runId);
    const ended = await trackbook(folder, ["gc", "--backend-store-uri", database, "--yes"]);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining("--artifacts-destination") });
    expect((await client.searchExperiments({ viewType: "ALL" })).map(({ name }) => name)).not.toContain("gone");
    expect(readdirSync(join(folder, "kept"))).toHaveLength(1);
    const server = await trackbook(folder, ["gc", "--tracking-uri", "http://127.0.0.1:9"]);
    expect(server).toMatchObject({ code: 1, stderr: expect.stringContaining("--backend-store-uri") });
  });
});

test("trackbook gc removes nothing beside what a server keeps, whatever place a client has chosen", async () => {
  const folder = temporaryFolder();
  const client = new TrackingClient(`sqlite:///${folder}/mlflow.db`);
  const keep = async (artifactLocation: string) => {
    const id = await client.createExperiment(artifactLocation, { artifactLocation });
    const { runId, artifactUri } = (await client.createRun(id)).info;
    const place = artifactUri.replace("mlflow-artifacts:", join(folder, "mlartifacts"));
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "file.txt"), "");
    await client.deleteRun(runId);
    return place;
  };
  const kept = await keep("mlflow-artifacts:/kept");
  const secret = await keep("mlflow-artifacts:/../secret");
  const args = ["--backend-store-uri", "sqlite:///mlflow.db", "--artifacts-destination", "./mlartifacts", "--yes"];
  const { stdout, stderr } = await trackbook(folder, ["gc", ...args]);
  expect(existsSync(kept)).toBe(false);
  expect(readdirSync(secret)).toEqual(["file.txt"]);
  expect(stdout + stderr).toContain("no path may lead out of it");
});

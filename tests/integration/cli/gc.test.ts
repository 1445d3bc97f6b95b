import { cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeWithParts } from "../../support/parts";
import { temporaryFolder } from "../../support/temporary-folder";
import { onTerminal, trackbook, trackbookJson } from "./command-line";
import { fillStore } from "./filled-store";

describe("trackbook gc", () => {
  test("removes the run that is named with its files, and nothing else that is deleted", async () => {
    const { folder, client, iris, wine, runs } = await fillStore();
    await client.deleteRun(runs[0]);
    await client.deleteRun(runs[1]);
    await client.deleteExperiment(wine);
    const ended = await trackbook(folder, ["gc", "--yes", "--run-ids", runs[0].slice(0, 10)]);
    expect(ended).toMatchObject({ code: 0, stdout: `Run with ID ${runs[0]} has been permanently deleted.\n` });
    expect(existsSync(join(folder, "mlruns", iris, runs[0]))).toBe(false);
    const left = await client.searchRuns([iris], { viewType: "ALL" });
    expect(left.map(({ info }) => info.runId).sort()).toEqual([runs[1], runs[2]].sort());
    expect((await client.getExperiment(wine)).lifecycleStage).toBe("deleted");
  });

  test("takes an experiment with all that is in it", async () => {
    const { folder, client, iris, runs } = await fillStore();
    await client.createLoggedModel(iris, { name: "net" });
    await client.deleteExperiment(iris);
    const removed = await trackbookJson<{ kind: string; id: string }[]>(folder, [
      "gc",
      "--yes",
      "--experiment-ids",
      iris,
    ]);
    expect(removed.map(({ kind }) => kind).sort()).toEqual(["experiment", "logged model", "run", "run", "run"]);
    expect(removed.map(({ id }) => id)).toEqual(expect.arrayContaining([...runs]));
    expect(readdirSync(join(folder, "mlruns/.trash"))).toEqual([]);
  });

  test("never touches what is not deleted, however it is asked", async () => {
    const { folder, client, iris, wine, runs } = await fillStore();
    await client.deleteExperiment(wine);
    for (const args of [
      ["--run-ids", runs[0]],
      ["--experiment-ids", iris],
      ["--run-ids", `${runs[0]},nonsense`],
      ["--logged-model-ids", "m-1"],
    ])
      expect(await trackbook(folder, ["gc", "--yes", ...args])).toMatchObject({ code: 1, stdout: "" });
    expect((await client.searchRuns([iris])).length).toBe(3);

    // A run of a deleted experiment that somebody has restored by itself keeps the experiment.
    const { info } = await client.createRun(iris);
    await client.deleteExperiment(iris);
    await client.restoreRun(info.runId);
    const removed = await trackbookJson<{ kind: string; id: string }[]>(folder, ["gc", "--yes"]);
    expect(removed.filter(({ kind }) => kind === "experiment").map(({ id }) => id)).toEqual([wine]);
    expect((await client.getRun(info.runId)).info.lifecycleStage).toBe("active");
  });

  test("what was deleted too lately is refused by name and left out otherwise", async () => {
    const { folder, client, runs } = await fillStore();
    await client.deleteRun(runs[0]);
    const named = await trackbook(folder, ["gc", "--yes", "--older-than", "1h", "--run-ids", runs[0]]);
    expect(named).toMatchObject({ code: 1, stderr: expect.stringContaining("1h") });
    const all = await trackbook(folder, ["gc", "--yes", "--older-than", "1h"]);
    expect(all).toMatchObject({ code: 0, stdout: "", stderr: "Nothing to remove from mlruns.\n" });
    expect((await trackbook(folder, ["gc", "--older-than", "1 hour"])).code).toBe(2);
  });

  test("artifacts that the experiment keeps elsewhere go with their run; those of another store do not", async () => {
    const { folder, client, iris, runs } = await fillStore();
    const elsewhere = join(temporaryFolder(), "kept here");
    const apart = await client.createExperiment("apart", { artifactLocation: elsewhere });
    const run = await client.createRun(apart);
    const other = await client.createRun(apart);
    await client.logText(run.info.runId, "x", "x.txt");
    await client.logText(other.info.runId, "x", "x.txt");
    await client.deleteRun(run.info.runId);
    expect((await trackbook(folder, ["gc", "--yes"])).code).toBe(0);
    expect(existsSync(join(elsewhere, run.info.runId, "artifacts"))).toBe(false);
    expect(existsSync(join(elsewhere, other.info.runId, "artifacts/x.txt"))).toBe(true);

    const copy = temporaryFolder();
    cpSync(folder, copy, { recursive: true });
    await trackbook(copy, ["runs", "delete", "--run-id", runs[0]]);
    const ended = await trackbook(copy, ["gc", "--yes"]);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining("artifacts were left at") });
    expect(existsSync(join(copy, "mlruns", iris, runs[0]))).toBe(false);
    expect(existsSync(join(folder, "mlruns", iris, runs[0], "artifacts/notes/hello.txt"))).toBe(true);
  });

  test("without a terminal to ask on and without --yes nothing goes; --dry-run only shows", async () => {
    const { folder, client, runs } = await fillStore();
    await client.deleteRun(runs[0]);
    const unasked = await trackbook(folder, ["gc"]);
    expect(unasked).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("--yes") });
    const shown = await trackbook(folder, ["gc", "--dry-run", "--yes"]);
    expect(shown).toMatchObject({ code: 0, stdout: "", stderr: expect.stringContaining("first") });
    expect((await client.getRun(runs[0])).info.lifecycleStage).toBe("deleted");
  });
});

describeWithParts(["python"], "asked on a terminal", ({ python: { python } }) => {
  test("gc shows what would go; no keeps it, Ctrl-C ends with 130, yes removes it", async () => {
    const { folder, client, runs } = await fillStore();
    await client.deleteRun(runs[0]);
    const answer = (text: string) => onTerminal({ python, folder, typed: [{ after: "[y/N]", text }] }, ["gc"]);
    expect(await answer("\r")).toMatchObject({ code: 1, shown: expect.stringContaining("Nothing was removed") });
    expect(await answer("\u0003")).toMatchObject({ code: 130 });
    expect((await client.getRun(runs[0])).info.lifecycleStage).toBe("deleted");
    const removed = await answer("y\r");
    expect(removed).toMatchObject({ code: 0, shown: expect.stringContaining("has been permanently deleted") });
    await expect(client.getRun(runs[0])).rejects.toMatchObject({ code: "RESOURCE_DOES_NOT_EXIST" });
  });

  test("runs delete asks as well, and says how to restore", async () => {
    const { folder, client, runs } = await fillStore();
    const answer = (text: string) =>
      onTerminal({ python, folder, typed: [{ after: "[y/N]", text }] }, [
        "runs",
        "delete",
        "--run-id",
        runs[0].slice(0, 8),
      ]);
    expect(await answer("n\r")).toMatchObject({ code: 1 });
    expect((await client.getRun(runs[0])).info.lifecycleStage).toBe("active");
    expect(await answer("y\r")).toMatchObject({
      code: 0,
      shown: expect.stringContaining(`runs restore --run-id ${runs[0]}`),
    });
    expect((await client.getRun(runs[0])).info.lifecycleStage).toBe("deleted");
  });
});

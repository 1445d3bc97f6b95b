import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { temporaryFolder } from "../../support/temporary-folder";
import { trackbook, trackbookJson } from "./command-line";
import { fillStore } from "./filled-store";

interface Answer {
  readonly code: number;
  readonly output: string;
  readonly error: string | null;
}

describeWithParts(["python"], "beside Python's mlflow, on one folder,", ({ python: { python } }) => {
  /** What commands of Python's `mlflow` print, one after the other, on the store in a folder. */
  async function mlflow(folder: string, ...commands: readonly (readonly string[])[]): Promise<readonly Answer[]> {
    process.env.MLFLOW_TRACKING_URI = join(folder, "mlruns");
    try {
      return await runPython<Answer[]>(python, join(__dirname, "mlflow_cli.py"), { input: commands, cwd: folder });
    } finally {
      delete process.env.MLFLOW_TRACKING_URI;
    }
  }

  test("listings and descriptions say the same", async () => {
    const { folder, iris, wine, runs, client } = await fillStore();
    await client.deleteRun(runs[2]);
    const [search, get, list, deleted, described, files, csv] = await mlflow(
      folder,
      ["experiments", "search"],
      ["experiments", "get", "-n", "iris", "--output", "json"],
      ["runs", "list", "--experiment-id", iris],
      ["runs", "list", "--experiment-id", iris, "-v", "deleted_only"],
      ["runs", "describe", "--run-id", runs[0]],
      ["artifacts", "list", "-r", runs[0], "-a", "notes"],
      ["experiments", "csv", "-x", iris],
    );

    const experiments = await trackbookJson<{ experiment_id: string; name: string; artifact_location: string }[]>(
      folder,
      ["experiments", "search"],
    );
    expect(experiments.map((one) => one.experiment_id).sort()).toEqual(["0", iris, wine].sort());
    for (const one of experiments)
      expect(search?.output).toMatch(
        new RegExp(`^${one.experiment_id} +${one.name} +${one.artifact_location} *$`, "m"),
      );
    expect(search?.output.trim().split("\n")).toHaveLength(2 + experiments.length);

    const ours = await trackbookJson<Record<string, unknown>>(folder, ["experiments", "get", "-n", "iris"]);
    expect(JSON.parse(get?.output ?? "")).toMatchObject(ours);

    for (const [answer, view] of [
      [list, "active_only"],
      [deleted, "deleted_only"],
    ] as const) {
      const listed = await trackbookJson<{ info: { run_id: string; run_name: string } }[]>(folder, [
        "runs",
        "list",
        "-x",
        iris,
        "-v",
        view,
      ]);
      const rows = answer?.output.trim().split("\n").slice(2) ?? [];
      expect(rows.map((row) => row.trim().split(/ {2,}/).slice(1))).toEqual(
        listed.map(({ info }) => [info.run_name, info.run_id]),
      );
    }

    const whole = (text: string) => JSON.parse(text.replaceAll(/: (NaN|-?Infinity)/g, ': "$1"'));
    const plain = await trackbook(folder, ["runs", "describe", "--run-id", runs[0]]);
    expect(whole(plain.stdout)).toEqual(whole(described?.output ?? ""));

    expect(await trackbookJson(folder, ["artifacts", "list", "-r", runs[0], "-a", "notes"])).toEqual(
      JSON.parse(files?.output ?? ""),
    );

    const table = await trackbook(folder, ["experiments", "csv", "-x", iris]);
    expect(recordsOf(table.stdout)).toEqual(recordsOf(csv?.output ?? ""));
  });

  test("what one deletes, the other sees deleted and can restore; what one creates, the other describes", async () => {
    const { folder, iris, wine, runs } = await fillStore();
    await trackbook(folder, ["runs", "delete", "--run-id", runs[0]]);
    await trackbook(folder, ["experiments", "delete", "-x", wine]);
    await trackbook(folder, ["experiments", "rename", "-x", iris, "--new-name", "irises"]);
    const made = JSON.parse(
      (await trackbook(folder, ["runs", "create", "-x", iris, "--run-name", "ours", "-t", "a=b=c"])).stdout,
    );
    const [deletedRuns, deletedExperiments, restored, back, remove, gone, created, ours, renamed] = await mlflow(
      folder,
      ["runs", "list", "--experiment-id", iris, "-v", "deleted_only"],
      ["experiments", "search", "-v", "deleted_only"],
      ["runs", "restore", "--run-id", runs[0]],
      ["experiments", "restore", "-x", wine],
      ["runs", "delete", "--run-id", runs[1]],
      ["experiments", "delete", "-x", wine],
      ["runs", "create", "--experiment-id", iris, "--run-name", "theirs", "-t", "a=b=c"],
      ["runs", "describe", "--run-id", made.run_id],
      ["experiments", "get", "-x", iris, "--output", "json"],
    );
    expect([restored, back, remove, gone, created].map((answer) => answer?.code)).toEqual([0, 0, 0, 0, 0]);
    expect(deletedRuns?.output).toContain(runs[0]);
    expect(deletedExperiments?.output).toContain(wine);
    expect(JSON.parse(ours?.output ?? "")).toMatchObject({
      info: { run_name: "ours", status: "FINISHED" },
      data: { tags: { a: "b=c" } },
    });
    expect(JSON.parse(renamed?.output ?? "")).toMatchObject({ name: "irises" });

    const listed = await trackbookJson<{ info: { run_id: string } }[]>(folder, [
      "runs",
      "list",
      "-x",
      iris,
      "-v",
      "deleted_only",
    ]);
    expect(listed.map(({ info }) => info.run_id)).toEqual([runs[1]]);
    const experiments = await trackbookJson<{ experiment_id: string }[]>(folder, [
      "experiments",
      "search",
      "-v",
      "deleted_only",
    ]);
    expect(experiments.map((one) => one.experiment_id)).toEqual([wine]);
    const theirs = JSON.parse(created?.output ?? "");
    expect(await trackbookJson(folder, ["runs", "describe", "--run-id", theirs.run_id])).toMatchObject({
      info: { run_name: "theirs", status: "FINISHED", experiment_id: iris },
      data: { tags: { a: "b=c" } },
    });
    expect((await trackbook(folder, ["runs", "restore", "--run-id", runs[1]])).code).toBe(0);
    expect((await trackbook(folder, ["experiments", "restore", "-x", wine])).code).toBe(0);
  });

  test("gc leaves the same behind, whatever the age asked for", async () => {
    const ages = [[], ["--older-than", "1h"], ["--older-than", "0d2h0.5m"]];
    const cases = await Promise.all(ages.map(async (age) => ({ age, folder: await withDeletedThings() })));
    const copies = cases.map(({ folder }) => {
      const copy = temporaryFolder();
      cpSync(folder, copy, { recursive: true });
      return copy;
    });
    const commands = cases.map(({ age, folder }) => {
      const store = join(folder, "mlruns");
      return ["gc", ...age, "--tracking-uri", store, "--backend-store-uri", store];
    });
    const answers = await mlflow(cases[0]?.folder ?? "", ...commands);
    const left: string[][] = [];
    for (const [index, { age, folder }] of cases.entries()) {
      const copy = copies[index] ?? "";
      expect(answers[index]).toMatchObject({ code: 0, error: null });
      expect(await trackbook(copy, ["gc", "--yes", ...age])).toMatchObject({ code: 0 });
      left.push(entitiesIn(copy));
      expect(left[index]).toEqual(entitiesIn(folder));
    }
    expect(left.map((paths) => paths.length)).toEqual([7, 8, 11]);
  });
});

/**
 * A store with a run and an experiment that were deleted an hour and a half ago, and a logged model that was deleted just now, beside
 * others that are not deleted.
 */
async function withDeletedThings(): Promise<string> {
  const { folder, client, iris, wine, runs } = await fillStore();
  const inWine = await client.createRun(wine);
  await client.logText(inWine.info.runId, "x", "x.txt");
  await client.createLoggedModel(iris, { name: "kept" });
  const { modelId } = await client.createLoggedModel(iris, { name: "gone" });
  await client.deleteLoggedModel(modelId);
  await client.deleteExperiment(wine);
  await client.deleteRun(runs[1]);

  const then = String(Date.now() - 5_400_000);
  const trash = join(folder, "mlruns/.trash", wine);
  rewrite(join(trash, "meta.yaml"), /(?<=last_update_time: )\d+/, then);
  for (const run of [join(folder, "mlruns", iris, runs[1]), join(trash, inWine.info.runId)])
    rewrite(join(run, "meta.yaml"), /(?<=deleted_time: )\d+/, then);
  return folder;
}

function rewrite(file: string, pattern: RegExp, text: string): void {
  const before = readFileSync(file, "utf8");
  expect(before).toMatch(pattern);
  writeFileSync(file, before.replace(pattern, text));
}

/** Every experiment's, run's and logged model's folder that a store holds. */
function entitiesIn(folder: string): string[] {
  const paths = readdirSync(join(folder, "mlruns"), { recursive: true, encoding: "utf8" });
  return paths.filter((path) => path.endsWith("meta.yaml")).sort();
}

/** CSV as a record for each line, without fields that are empty. */
function recordsOf(csv: string): Record<string, string>[] {
  const rows: string[][] = [[""]];
  const fields = /"((?:[^"]|"")*)"|([^,\n"]+)|(,)|(\n)/g;
  for (const [, quoted, plain, comma, newline] of csv.trim().matchAll(fields)) {
    const row = rows.at(-1) as string[];
    if (comma) row.push("");
    else if (newline) rows.push([""]);
    else row[row.length - 1] = quoted?.replaceAll('""', '"') ?? plain ?? "";
  }
  const [head = [], ...lines] = rows;
  return lines.map((line) =>
    Object.fromEntries(line.flatMap((field, index) => (field === "" ? [] : [[head[index] ?? "", field]]))),
  );
}

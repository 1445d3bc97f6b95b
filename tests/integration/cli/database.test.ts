import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { runNode } from "../../support/run-node";
import { temporaryFolder } from "../../support/temporary-folder";
import { PACKAGE } from "../../support/installed-folder";
import { trackbook, trackbookJson } from "./command-line";
import { fillStore } from "./filled-store";

/** Carries out SQL beside the command. */
function alter(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}

interface Finding {
  readonly name: string;
  readonly state: string;
  readonly text: string;
}

test("a folder is carried to a database, where it is listed, examined and kept up to date", async () => {
  const { folder } = await fillStore();
  const migrated = await trackbook(folder, [
    "migrate",
    "--source",
    "./mlruns",
    "--target",
    "sqlite:///new.db",
    "--json",
  ]);
  expect([migrated.code, migrated.stderr]).toEqual([0, ""]);
  const tally = JSON.parse(migrated.stdout) as { source: object; target: object };
  expect(tally.target).toEqual(tally.source);

  const env = ["--tracking-uri", "sqlite:///new.db"];
  const runs = await trackbookJson<{ info: { run_id: string } }[]>(folder, ["runs", "list", ...env]);
  expect(runs.map(({ info }) => info.run_id).sort()).toEqual(
    (await trackbookJson<typeof runs>(folder, ["runs", "list"])).map(({ info }) => info.run_id).sort(),
  );

  const examine = async (...args: string[]) => {
    const findings = await trackbookJson<Finding[]>(folder, ["doctor", ...env, ...args]);
    return (name: string) => findings.find((finding) => finding.name === name);
  };
  expect((await examine())("schema")).toMatchObject({ state: "ok", text: "MLflow 3.17's (dc11669786a5)" });
  const database = join(folder, "new.db");
  alter(database, "drop index trackbook_runs_newest");
  expect((await examine())("indexes")?.text).toContain("without trackbook_runs_newest");
  const upgraded = await trackbook(folder, ["db", "upgrade", ...env]);
  expect(upgraded).toMatchObject({ code: 0, stderr: expect.stringContaining("Made: trackbook_runs_newest") });
  alter(database, "drop index trackbook_runs_newest; drop index trackbook_params_value");
  alter(database, "drop index trackbook_latest_metrics_value; drop index trackbook_tags_value");
  expect((await trackbook(folder, ["db", "upgrade", ...env])).stderr).toContain("nothing to do");
  expect((await examine("--indexes"))("indexes")?.text).toMatch(/^made trackbook_latest/);

  alter(database, "update alembic_version set version_num = 'of another'");
  const old = await trackbook(folder, ["db", "upgrade", ...env]);
  expect(old).toMatchObject({ code: 1, stderr: expect.stringContaining("mlflow db upgrade sqlite:///new.db") });
  // A schema that is not known is refused before anything goes.
  expect((await trackbook(folder, ["gc", "--yes", ...env])).code).toBe(1);
});

test("a mlflow.db is where runs go when ./mlruns holds none, and no log beside it is left at the end", async () => {
  const folder = temporaryFolder();
  const script = (place: string) => `
    const { logMetric, endRun, searchRuns, setTrackingUri } = require(${JSON.stringify(PACKAGE)});
    setTrackingUri(${JSON.stringify(place)});
    logMetric("loss", 1);
    endRun().then(() => searchRuns()).then((runs) => console.log(runs.length));
  `;
  const run = (place: string) => runNode(process.execPath, ["-e", script(place)], folder, { MLFLOW_TRACKING_URI: "" });
  expect(await run("sqlite:///mlflow.db")).toMatchObject({ code: 0, stdout: "1\n", stderr: "" });
  expect(await run("")).toMatchObject({ code: 0, stdout: "2\n", stderr: "" });
  expect(existsSync(join(folder, "mlruns/0/meta.yaml"))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.startsWith("mlflow.db"))).toEqual(["mlflow.db"]);
});

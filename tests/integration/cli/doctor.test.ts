import { chmodSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createInstalledFolder, LIBRARIES } from "../../support/installed-folder";
import { runNode } from "../../support/run-node";
import { describeWithParts } from "../../support/parts";
import { temporaryFolder } from "../../support/temporary-folder";
import { TRACKBOOK, trackbook } from "./command-line";
import { fillStore } from "./filled-store";

const SQLITE = (name: string) => `sqlite:///${name}.db`;

interface Finding {
  readonly topic: string;
  readonly name: string;
  readonly state: string;
  readonly text: string;
  readonly hint?: string;
}

async function examine(folder: string, env: Record<string, string> = {}, ...args: string[]) {
  const { code, stdout, stderr } = await trackbook(folder, ["doctor", "--json", ...args], env);
  const findings = JSON.parse(stdout) as Finding[];
  return { code, stderr, find: (name: string) => findings.find((finding) => finding.name === name) };
}

test("a good machine: exit code 0, and nothing is left behind", async () => {
  const { folder } = await fillStore();
  const before = readdirSync(folder, { recursive: true }).sort();
  const { code, find } = await examine(folder);
  expect(code).toBe(0);
  expect(find("tracking URI")).toMatchObject({ text: "mlruns (from the default)" });
  expect(find("read")).toMatchObject({ state: "ok", text: "3 experiments" });
  expect(find("write")).toMatchObject({ state: "ok" });
  expect(find("Python")?.hint).toContain("MLFLOW_ALLOW_FILE_STORE=true");
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);

  const empty = temporaryFolder();
  expect((await examine(empty)).code).toBe(0);
  expect(readdirSync(empty)).toEqual([]);
});

test("TRACKBOOK_MODE=disabled is shown, and no command heeds it", async () => {
  const { folder } = await fillStore();
  const env = { TRACKBOOK_MODE: "disabled" };
  const { code, find, stderr } = await examine(folder, env);
  expect([code, stderr]).toEqual([0, ""]);
  expect(find("mode")).toMatchObject({ state: "warning", text: expect.stringContaining("record nothing") });
  expect(find("read")).toMatchObject({ state: "ok", text: "3 experiments" });
  const listed = await trackbook(folder, ["runs", "list", "--json"], env);
  expect(JSON.parse(listed.stdout).length).toBeGreaterThan(0);
  const created = await trackbook(folder, ["runs", "create", "--experiment-name", "by hand"], env);
  const { run_id: runId } = JSON.parse(created.stdout);
  const described = await trackbook(folder, ["runs", "describe", "--run-id", runId], env);
  expect(JSON.parse(described.stdout).info.run_id).toBe(runId);
});

test("a store that cannot be read, and a place that names none: exit code 1, and what is wrong", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "thesis.txt"), "not a store");
  const foreign = await examine(folder, { MLFLOW_TRACKING_URI: folder });
  expect(foreign.code).toBe(1);
  expect(foreign.find("read")).toMatchObject({
    state: "broken",
    hint: expect.stringContaining("no MLflow file store"),
  });

  const nowhere = await examine(folder, { MLFLOW_TRACKING_URI: "ftp://me:secret@example.com:5000" });
  expect(nowhere.code).toBe(1);
  expect(nowhere.find("tracking URI")).toMatchObject({
    state: "broken",
    text: "ftp://***@example.com:5000 (from MLFLOW_TRACKING_URI)",
    hint: expect.not.stringContaining("secret"),
  });
});

test("a folder that cannot be written is broken", async () => {
  const { folder } = await fillStore();
  // Root may write anywhere; nobody writes below a file.
  writeFileSync(join(folder, "file"), "");
  chmodSync(join(folder, "file"), 0o444);
  const { code, find } = await examine(folder, { MLFLOW_TRACKING_URI: join(folder, "file/mlruns") });
  expect(code).toBe(1);
  expect(find("write")).toMatchObject({ state: "broken" });
});

test("secrets are masked, and with --mask-envs every value", async () => {
  const folder = temporaryFolder();
  const env = { MLFLOW_TRACKING_TOKEN: "s3cret", MLFLOW_EXPERIMENT_NAME: "iris", TRACKBOOK_DISPLAY: "none" };
  const { stdout } = await trackbook(folder, ["doctor"], env);
  expect(stdout).not.toContain("s3cret");
  expect(stdout).toMatch(/MLFLOW_EXPERIMENT_NAME +iris/);
  const masked = await examine(folder, { ...env, MLFLOW_TRACKING_URI: "./private" }, "--mask-envs");
  expect(masked.find("MLFLOW_EXPERIMENT_NAME")).toMatchObject({ text: "***" });
  expect(masked.find("tracking URI")).toMatchObject({ text: "*** (from MLFLOW_TRACKING_URI)" });
});

test("the libraries that a program here would find, with their versions", async () => {
  const folder = createInstalledFolder(...LIBRARIES);
  const { find } = await examine(folder);
  for (const name of ["ml-regression", "ml-random-forest", "@tensorflow/tfjs-layers"])
    expect(find(name)).toMatchObject({ state: "ok", text: expect.stringMatching(/^\d+\.\d+/) });
});

describeWithParts(["tslab"], "with Jupyter", ({ tslab: { jupyterPath } }) => {
  test("the kernels are found without Python", async () => {
    const folder = temporaryFolder();
    const { find } = await examine(folder, { JUPYTER_PATH: jupyterPath, PATH: "" });
    expect(find("tslab")).toMatchObject({ topic: "kernels", state: "ok", text: expect.stringContaining("TypeScript") });
  });
});

test("a read-only folder is broken for who may not write it, and so is a database in it", async () => {
  const { folder } = await fillStore();
  const drop = `process.setgid?.(65534); process.setuid?.(65534); process.argv.splice(1, 1); require(process.argv[1]);`;
  writeFileSync(
    join(folder, "as-nobody.cjs"),
    process.getuid?.() === 0 ? drop : "process.argv.splice(1, 1); require(process.argv[1]);",
  );
  const made = await trackbook(folder, ["experiments", "create", "-n", "iris"], {
    MLFLOW_TRACKING_URI: SQLITE("there"),
  });
  expect(made.code).toBe(0);
  renameSync(join(folder, "there.db"), join(folder, "mlruns/there.db"));
  chmodSync(join(folder, "mlruns"), 0o555);
  chmodSync(folder, 0o755);
  const below = join(folder, "mlruns");
  for (const place of [
    below,
    `sqlite:///${below}/new.db`,
    `sqlite:///${below}/deep/new.db`,
    `sqlite:///${below}/there.db`,
  ]) {
    const { code, stdout } = await runNode(
      process.execPath,
      [join(folder, "as-nobody.cjs"), TRACKBOOK, "doctor", "--json", "--tracking-uri", place],
      "/",
    );
    expect(code, place).toBe(1);
    const findings = JSON.parse(stdout) as Finding[];
    expect(
      findings.find(({ name }) => name === "write"),
      place,
    ).toMatchObject({ state: "broken" });
  }
  chmodSync(below, 0o755);
});

test("a database where none can be made is broken, one that can be made is fine", async () => {
  const folder = temporaryFolder();
  const nowhere = await examine(folder, {}, "--tracking-uri", "sqlite:////proc/nope/x.db");
  expect(nowhere.code).toBe(1);
  expect(nowhere.find("write")).toMatchObject({ state: "broken" });
  const fine = await examine(folder, {}, "--tracking-uri", SQLITE("deep/new"));
  expect(fine.code).toBe(0);
  expect(fine.find("write")).toMatchObject({ state: "ok" });
  expect(readdirSync(folder)).toEqual([]);
});

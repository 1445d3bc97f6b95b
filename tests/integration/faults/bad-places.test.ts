import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runsIn } from "../libraries/recorded-runs";
import { ending, ScriptFolder } from "../runs/scripts";
import { temporaryFolder } from "../../support/temporary-folder";
import { FILL_DISK, MAKE_ROOM, requireRoot, smallDisk } from "./small-disk";

let scripts: ScriptFolder;
beforeAll(() => {
  scripts = new ScriptFolder();
});
afterAll(() => scripts.remove());

/** What a training prints, wherever it is recorded. */
const LINE = "f(x) = 2.20 * x - 0.400";

const warnings = (stderr: string) => stderr.split("\n").filter((line) => line.startsWith("trackbook: "));

test("a full disk costs what did not fit, with one warning; when there is room again all is kept again", async (context) => {
  const disk = smallDisk(context, 2);
  const { code, stdout, stderr } = await scripts.run(
    `
    const points = (from, to) => { for (let step = from; step < to; step++) trackbook.logMetric("loss", step / 7, { step }); };
    main(async () => {
      const run = trackbook.startRun();
      trackbook.logParam("before", 1);
      trackbook.setTag("state", "before");
      points(0, 100);
      await trackbook.flush();
      ${FILL_DISK}
      trackbook.logParam("during", "x".repeat(400));
      trackbook.setTag("state", "during");
      points(100, 3000);
      trackbook.logMetric("other", 1);
      trackbook.logText("z".repeat(10_000), "big.txt");
      console.log(line().toString(3));
      const error = await trackbook.flush().catch((reason) => reason);
      console.log(error instanceof trackbook.StoreError);
      ${MAKE_ROOM}
      trackbook.logParam("after", 1);
      trackbook.setTag("state", "after");
      trackbook.logMetric("other", 2);
      trackbook.logText("fits", "after.txt");
      points(3000, 3100);
      await run.end();
    });`,
    "cjs",
    { MLFLOW_TRACKING_URI: join(disk, "mlruns"), DISK: disk },
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: `ENOSPC\n${LINE}\ntrue\n` });
  expect(warnings(stderr)).toHaveLength(1);
  expect(warnings(stderr)[0]).toContain("the disk is full");
  const [run, ...others] = runsIn(join(disk, "mlruns"));
  expect(others).toEqual([]);
  expect(run && ending(run)).toBe("FINISHED");
  expect(run?.data.params).toMatchObject({ before: "1", after: "1" });
  expect(run?.data.params).not.toHaveProperty("during");
  expect(run?.data.tags.state).toBe("after");
  expect(run?.text("after.txt")).toBe("fits");
  expect(run?.files).not.toContain("big.txt");
  // Nothing half, nothing twice: the points before, of those during as many as there was room for, the points after.
  const lines = readFileSync(join(run?.folder ?? "", "../metrics/loss"), "utf8")
    .trimEnd()
    .split("\n");
  for (const line of lines) expect(line).toMatch(/^\d+ [\d.e-]+ \d+ *$/);
  const steps = lines.map((line) => Number(line.trimEnd().split(" ")[2]));
  expect(lines.map((line) => Number(line.split(" ")[1]))).toEqual(steps.map((step) => step / 7));
  expect(new Set(steps).size).toBe(steps.length);
  expect(steps.filter((step) => step < 100)).toHaveLength(100);
  expect(steps.filter((step) => step >= 3000)).toHaveLength(100);
  expect(steps.length).toBeLessThan(3100);
});

test("a folder that this user may only read is one warning, and the training goes on", async (context) => {
  requireRoot(context);
  const folder = temporaryFolder();
  const { folder: scriptFolder, file } = scripts.write(`console.log(line().toString(3)); trackbook.logParam("a", 1);
    void trackbook.flush().catch((error) => console.log(error.code));`);
  for (const readable of [folder, join(scriptFolder, ".."), scriptFolder]) chmodSync(readable, 0o755);
  mkdirSync(join(folder, "mlruns", "0"), { recursive: true });
  const ended = spawnSync(process.execPath, [file], {
    cwd: scriptFolder,
    encoding: "utf8",
    uid: 65534,
    gid: 65534,
    env: { PATH: process.env.PATH, HOME: "/nonexistent", MLFLOW_TRACKING_URI: join(folder, "mlruns") },
  });
  expect(ended).toMatchObject({ status: 0, stdout: expect.stringContaining(`${LINE}\n`) });
  expect(warnings(ended.stderr)).toHaveLength(1);
  expect(warnings(ended.stderr)[0]).toMatch(/EACCES|permission/);
});

test.each(["sqlite:////proc/nope/x.db", "/proc/nope/mlruns"])(
  "a place where no folder can be made (%s) is one warning, and nothing hangs",
  (place) => {
    const { folder, file } = scripts.write(`console.log(line().toString(3)); trackbook.logParam("a", 1);
    trackbook.flush().catch((error) => console.log(error.code));
    trackbook.saveModel(line(), "/proc/nope/model").catch((error) => console.log(error.name));`);
    const env = { PATH: process.env.PATH, MLFLOW_TRACKING_URI: place };
    const ended = spawnSync(process.execPath, [file], { cwd: folder, encoding: "utf8", env, timeout: 120_000 });
    expect(ended).toMatchObject({ status: 0, stdout: `${LINE}\nINVALID_STATE\nStoreError\n` });
    expect(warnings(ended.stderr)).toEqual([expect.stringContaining("/proc/nope cannot be made")]);
  },
);

test("a folder removed in the midst of a run is one warning, and the next run begins a new one", async () => {
  const { code, stdout, stderr, runs } = await scripts.run(`
    main(async () => {
      const run = trackbook.startRun();
      trackbook.logMetric("loss", 1);
      await trackbook.flush();
      require("node:fs").rmSync("mlruns", { recursive: true });
      trackbook.logMetric("loss", 2);
      trackbook.logParam("rate", 1);
      trackbook.logText("text", "a.txt");
      console.log(line().toString(3));
      const error = await run.end().catch((reason) => reason);
      console.log(error.code);
      const next = trackbook.startRun({ runName: "next" });
      trackbook.logMetric("loss", 3);
      await next.end();
    });`);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^f\(x\) = .*\n[A-Z_]+\n$/) });
  expect(warnings(stderr)).toHaveLength(1);
  expect(runs.map((run) => [run.info.runName, ending(run), run.data.metrics])).toEqual([
    ["next", "FINISHED", { loss: 3 }],
  ]);
});

const TRAINED_WITHOUT_A_PLACE = (removal: string) => `
    const fs = require("node:fs");
    main(async () => {
      const run = trackbook.startRun();
      trackbook.logMetric("loss", 1);
      await trackbook.flush();
      ${removal}
      trackbook.logText("text", "a.txt");
      trackbook.logTable({ a: [1] }, "table.json");
      console.log(line().toString(3));
      const error = await run.end().catch((reason) => reason);
      console.log(error.cause.errors.every(({ code }) => code === "RESOURCE_DOES_NOT_EXIST" || code === "INVALID_STATE"));
    });`;

test("a run that was removed under us gets no files and no model: nothing comes back without it", async () => {
  const { code, stdout, stderr, folder } = await scripts.run(
    TRAINED_WITHOUT_A_PLACE(`fs.rmSync("mlruns", { recursive: true });`),
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${LINE}\ntrue\n` });
  expect(warnings(stderr)).toEqual([expect.stringMatching(/was not kept in mlruns: Run with id=\w+ not found/)]);
  expect(readdirSync(folder)).toEqual(["script.cjs"]);
});

test("when only the run's folder is removed, the others stay as they were", async () => {
  const { code, stdout, stderr, folder } = await scripts.run(
    TRAINED_WITHOUT_A_PLACE(`fs.rmSync("mlruns/0/" + run.id, { recursive: true });`),
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${LINE}\ntrue\n` });
  expect(warnings(stderr)).toHaveLength(1);
  expect(readdirSync(join(folder, "mlruns"), { recursive: true }).sort()).toEqual([".trash", "0", "0/meta.yaml"]);
});

test("a file in the place of the folder is one warning, and stays as it is", async () => {
  const { code, stdout, stderr, folder } = await scripts.run(
    TRAINED_WITHOUT_A_PLACE(`fs.rmSync("mlruns", { recursive: true }); fs.writeFileSync("mlruns", "mine");`),
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${LINE}\ntrue\n` });
  expect(warnings(stderr)).toEqual([expect.stringContaining("is no MLflow file store: it is a file")]);
  expect(readFileSync(join(folder, "mlruns"), "utf8")).toBe("mine");
});

test("a clock that goes backwards loses nothing: points keep their order, the run ends", async () => {
  const { code, stderr, runs } = await scripts.run(`
    const realNow = Date.now;
    main(async () => {
      const run = trackbook.startRun();
      for (let step = 0; step < 50; step++) {
        Date.now = () => realNow() - step * 60_000;
        trackbook.logMetric("loss", step, { step });
        if (step % 10 === 0) await trackbook.flush();
      }
      await fit(network(), { epochs: 3 });
      await run.end();
    });`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [run] = runs;
  expect(run && ending(run)).toBe("FINISHED");
  expect(run?.steps("loss").slice(-47)).toEqual(Array.from({ length: 47 }, (_, index) => index + 3));
  expect(run?.data.metrics.loss).toBe(49);
});

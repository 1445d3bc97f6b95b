import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localArtifacts } from "../../../src/artifacts";
import { openTrackingStore } from "../../../src/stores";
import { ending, ScriptFolder } from "../runs/scripts";

let scripts: ScriptFolder;
beforeAll(() => {
  scripts = new ScriptFolder();
});
afterAll(() => scripts.remove());

const DIE = `process.kill(process.pid, "SIGKILL"); for (;;);`;

test("all that was logged before a training that blocks the event loop is stored when the process dies in it", async () => {
  const { code, runs } = await scripts.run(`
    trackbook.startRun();
    trackbook.logMetric("first", 1);
    trackbook.logParam("second", 2);
    trackbook.setTag("third", 3);
    trackbook.logText("fourth", "fourth.txt");
    const inTraining = [1, 2, 3];
    Object.defineProperty(inTraining, 1, { get() { ${DIE} } });
    new SimpleLinearRegression(inTraining, [1, 2, 3]);`);
  expect(code).toBe(null);
  expect(runs.map(ending)).toEqual(["RUNNING without end"]);
  expect(runs[0]?.data).toMatchObject({ metrics: { first: 1 }, params: { second: "2" }, tags: { third: "3" } });
  expect(runs[0]?.text("fourth.txt")).toBe("fourth");
});

test("of 10,000 metrics in a loop at most those of the last 100 ms are missing when the process dies", async () => {
  const { code, folder, runs } = await scripts.run(`
    const { writeFileSync } = require("node:fs");
    trackbook.startRun();
    const times = [];
    for (let step = 0; step < 10_000; step++) {
      for (const end = performance.now() + 0.05; performance.now() < end; );
      times.push(performance.now());
      trackbook.logMetric("loss", step, { step });
    }
    writeFileSync("times.json", JSON.stringify(times));
    ${DIE}`);
  expect(code).toBe(null);
  const times: number[] = JSON.parse(readFileSync(join(folder, "times.json"), "utf8"));
  const kept = runs[0]?.history("loss") ?? [];
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, step) => step));
  expect(times).toHaveLength(10_000);
  const lost = times.slice(kept.length);
  // Each verb writes all that waits when the last write is longer ago.
  if (lost.length > 0) expect((lost.at(-1) as number) - (lost[0] as number)).toBeLessThanOrEqual(100);
});

test("a process that dies while it copies a large file leaves no part of it under its name", async () => {
  const { code, folder, runs } = await scripts.run(`
    const fs = require("node:fs");
    fs.writeFileSync("weights.bin", Buffer.alloc(64 * 1024 * 1024, 1));
    fs.copyFileSync = (from, to) => {
      fs.writeFileSync(to, fs.readFileSync(from).subarray(0, 32 * 1024 * 1024));
      ${DIE}
    };
    main(async () => {
      trackbook.startRun();
      trackbook.logArtifact("weights.bin");
      await trackbook.flush();
    });`);
  expect(code).toBe(null);
  const [run] = runs;
  expect(existsSync(join(run?.folder ?? "", "weights.bin"))).toBe(false);
  const artifacts = localArtifacts({ root: run?.folder ?? "" });
  expect(artifacts.list()).toEqual([]);
  artifacts.copyIn(join(folder, "weights.bin"), "weights.bin");
  expect(artifacts.list()).toEqual([{ path: "weights.bin", isDir: false, fileSize: 64 * 1024 * 1024 }]);
  expect(openTrackingStore(join(folder, "mlruns")).searchRuns(["0"], {}).items).toHaveLength(1);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { ending, type ModuleKind, ScriptFolder } from "./scripts";

let scripts: ScriptFolder;
beforeAll(() => {
  scripts = new ScriptFolder();
});
afterAll(() => scripts.remove());

const POINTS = 2000;
/** So many an endless one flushes: whatever ends it, they are kept. */
const FLUSHED = 1500;
/** When it has logged so many, it may be ended. */
const UNDER_WAY = 3000;
const DONE = ["opener", "worker", "child"];
const ENDED = ["endless terminated", "endless killed", "endless interrupted"];

/** One program: it opens a run and starts itself again, in threads and processes that join the run, and ends some of them. */
const PROGRAM = `
const who = process.env.WHO;
const exists = (file) => fs.existsSync(file);
const until = async (is) => { while (!is()) await new Promise((resolve) => setTimeout(resolve, 2)); };
let fs;

async function work(name) {
  line();
  for (let step = 0; name.startsWith("endless") || step < ${POINTS}; step++) {
    trackbook.logMetric(name, step, { step });
    trackbook.logMetric("shared", step, { step });
    if (step % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
    if (step === ${FLUSHED - 1} && name.startsWith("endless")) await trackbook.flush();
    if (step === ${UNDER_WAY}) fs.writeFileSync("under way." + name, "");
  }
  trackbook.setTag(name, "done");
  trackbook.logTable([{ name }], "who.json");
}

async function join() {
  fs.writeFileSync("ready." + who, "");
  await until(() => exists("go"));
  await work(who);
  await trackbook.endRun();
  process.exitCode = 3;
}

async function open() {
  const { fork } = await import("node:child_process");
  const { once } = await import("node:events");
  const { Worker } = await import("node:worker_threads");
  const run = trackbook.startRun();
  const env = (WHO) => ({ ...process.env, WHO, MLFLOW_RUN_ID: run.id });
  const thread = (name) => new Worker(process.argv[1], { env: env(name) });
  const child = (name) => fork(process.argv[1], { env: env(name) });
  const joined = {
    worker: thread("worker"),
    child: child("child"),
    "endless terminated": thread("endless terminated"),
    "endless killed": child("endless killed"),
    "endless interrupted": child("endless interrupted"),
  };
  const names = Object.keys(joined);
  const exits = Promise.all(names.map((name) => once(joined[name], "exit")));
  await until(() => names.every((name) => exists("ready." + name)));
  fs.writeFileSync("go", "");
  await work("opener");
  await until(() => names.every((name) => !name.startsWith("endless") || exists("under way." + name)));
  void joined["endless terminated"].terminate();
  joined["endless killed"].kill("SIGKILL");
  joined["endless interrupted"].kill("SIGINT");
  const ends = await exits;
  const { info } = await trackbook.getRun(run.id);
  console.log(JSON.stringify({ ends, status: info.status }));
}

main(async () => {
  fs = await import("node:fs");
  await (who ? join() : open());
});`;

test.each<ModuleKind>(["cjs", "mjs"])(
  "workers and child processes train and log on one run at once (%s), some until they are ended: only the opener ends the run",
  async (kind) => {
    const { code, stdout, stderr, runs } = await scripts.run(PROGRAM, kind);
    expect([code, stderr.replaceAll(/\n?=+\nHi, looks like .*\n=+\n\n?/g, "")]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({
      ends: [[3], [3, null], [1], [null, "SIGKILL"], [null, "SIGINT"]],
      status: "RUNNING",
    });
    expect(runs.map(ending)).toEqual(["FINISHED"]);
    const run = runs[0] as (typeof runs)[number];
    const upTo = (count: number) => Array.from({ length: count }, (_, step) => step);

    for (const name of DONE) {
      expect(run.history(name)).toEqual(upTo(POINTS));
      expect(run.data.tags[name]).toBe("done");
    }
    for (const name of ENDED) {
      const kept = run.history(name);
      expect(kept).toEqual(upTo(kept.length));
      expect(kept.length).toBeGreaterThanOrEqual(FLUSHED);
    }
    // A signal that can be heard costs nothing.
    expect(run.history("endless interrupted").length).toBeGreaterThan(UNDER_WAY);
    expect(run.history("shared").length).toBeGreaterThan(DONE.length * POINTS + UNDER_WAY);
    expect(JSON.parse(run.text("who.json")).data.flat().sort()).toEqual(DONE.toSorted());

    const suffixes = ["", "-2", "-3", "-4", "-5", "-6"];
    for (const suffix of suffixes) {
      expect(run.data.tags[`estimator_name${suffix}`]).toBe("SimpleLinearRegression");
      expect(run.data.metrics).toHaveProperty(`training_r2_score${suffix}`);
      expect(run.files).toContain(`model${suffix}/MLmodel`);
    }
    expect(run.outputs.modelOutputs).toHaveLength(suffixes.length);
  },
  120_000,
);

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ending, ScriptFolder } from "./scripts";

let scripts: ScriptFolder;
beforeAll(() => {
  scripts = new ScriptFolder();
});
afterAll(() => scripts.remove());

/** An explicit run, and a child, with something logged that nobody has waited for. */
const OPEN = `
  trackbook.startRun();
  trackbook.startRun({ nested: true });
  trackbook.logMetric("logged", 1);
`;

async function endings(body: string) {
  const { code, runs, stderr, stdout } = await scripts.run(body);
  return { code, statuses: runs.map(ending), stderr, stdout, runs };
}

describe("open runs end with their process", () => {
  test("FINISHED at its normal end, with all that was logged", async () => {
    const { code, statuses, runs, stderr } = await endings(OPEN);
    expect([code, ...statuses, stderr]).toEqual([0, "FINISHED", "FINISHED", ""]);
    expect(runs[1]?.data.metrics).toEqual({ logged: 1 });
  });

  test("FINISHED with process.exit(0), FAILED with process.exit(3) or an exit code", async () => {
    expect(await endings(`${OPEN} process.exit(0);`)).toMatchObject({ code: 0, statuses: ["FINISHED", "FINISHED"] });
    const failed = await endings(`${OPEN} process.exit(3);`);
    expect(failed).toMatchObject({ code: 3, statuses: ["FAILED", "FAILED"] });
    expect(failed.runs[1]?.data.metrics).toEqual({ logged: 1 });
    expect(await endings(`${OPEN} process.exitCode = 4;`)).toMatchObject({ code: 4, statuses: ["FAILED", "FAILED"] });
  });

  test("FAILED with an uncaught exception or an unhandled rejection, reported as ever", async () => {
    const thrown = await endings(`${OPEN} throw new RangeError("mine");`);
    expect(thrown).toMatchObject({ code: 1, statuses: ["FAILED", "FAILED"] });
    expect(thrown.stderr).toContain("RangeError: mine");
    expect(thrown.runs[1]?.data.metrics).toEqual({ logged: 1 });
    const rejected = await endings(`${OPEN} void Promise.reject(new RangeError("mine"));`);
    expect(rejected).toMatchObject({ code: 1, statuses: ["FAILED", "FAILED"] });
    expect(rejected.stderr).toContain("RangeError: mine");
  });

  test("so that a user's own listener of uncaught exceptions decides as before", async () => {
    const { code, statuses, stdout } = await endings(`
      process.on("uncaughtException", (error) => console.log("heard", error.message));
      ${OPEN}
      setTimeout(() => console.log("went on"), 5);
      throw new Error("mine");`);
    expect(stdout).toBe("heard mine\nwent on\n");
    expect([code, ...statuses]).toEqual([0, "FAILED", "FAILED"]);
  });

  test("also inside of a training, whose epochs are all there, that which has just finished included", async () => {
    const body = (exit: string) => `
      main(() => fit(network(), { epochs: 9, yieldEvery: "epoch", callbacks: { onEpochEnd: (epoch) => {
        if (epoch === 3) ${exit};
      } } }));`;
    const zero = await endings(body("process.exit(0)"));
    expect([zero.code, ...zero.statuses]).toEqual([0, "FINISHED"]);
    expect(zero.runs[0]?.steps("loss")).toEqual([0, 1, 2, 3]);
    expect(zero.runs[0]?.steps("learning_rate")).toEqual([0, 1, 2, 3]);
    expect(zero.runs[0]?.data.params.epochs).toBe("9");
    const three = await endings(body("process.exit(3)"));
    expect([three.code, ...three.statuses]).toEqual([3, "FAILED"]);
    expect(three.runs[0]?.steps("loss")).toEqual([0, 1, 2, 3]);
    // Nobody awaits the fit: its rejection is unhandled, as without us.
    const thrown = await endings(body('throw new Error("in a callback")'));
    expect([thrown.code, ...thrown.statuses]).toEqual([1, "FAILED"]);
    expect(thrown.stderr).toContain("in a callback");
    expect(thrown.runs[0]?.steps("loss")).toEqual([0, 1, 2, 3]);
  });

  test("also in a callback of a class, which tfjs calls before anybody could have read the epoch's scalars", async () => {
    const { statuses, runs } = await endings(`
      class Leaving extends tf.Callback {
        async onEpochEnd(epoch) {
          if (epoch === 3) process.exit(0);
        }
      }
      trackbook.autolog({ everyNEpochs: 2 });
      main(() => fit(network(), { epochs: 9, callbacks: new Leaving() }));`);
    expect(statuses).toEqual(["FINISHED"]);
    expect(runs[0]?.steps("loss")).toEqual([0, 2, 3]);
  });

  test("also one that goes on with a training that had finished", async () => {
    const { statuses } = await endings(`
      main(async () => {
        const model = network();
        await fit(model);
        await fit(model, { callbacks: { onEpochBegin: () => process.exit(5) } });
      });`);
    expect(statuses).toEqual(["FAILED"]);
  });

  test("a run that was ended before keeps its status", async () => {
    const { statuses } = await endings(`
      void trackbook.startRun().end("KILLED");
      void trackbook.startRun().end();
      line();
      process.exit(3);`);
    expect(statuses).toEqual(["KILLED", "FINISHED", "FINISHED"]);
  });

  test("when its work ends: no timer of ours holds it", async () => {
    const { code, statuses } = await endings(`
      trackbook.startRun({ logSystemMetrics: true });
      trackbook.logMetric("a", 1);
      line();
      process.on("exit", () => console.log(process.getActiveResourcesInfo().filter((name) => name === "Timeout").length));`);
    expect([code, ...statuses]).toEqual([0, "FINISHED"]);
  });

  test("an unawaited startRun with a function is waited for as long as its work goes on", async () => {
    const { runs, statuses } = await endings(`
      void trackbook.startRun(async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        trackbook.logParam("late", 1);
      });`);
    expect(statuses).toEqual(["FINISHED"]);
    expect(runs[0]?.data.params).toEqual({ late: "1" });
  });
});

const WAITING = `${OPEN}
  setInterval(() => {}, 1000);
  console.log("ready");
`;

describe("a signal", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s kills the process, its runs are KILLED", async (signal) => {
    const { child, ended } = await scripts.start(WAITING);
    child.kill(signal);
    const outcome = await ended();
    expect(outcome.signal).toBe(signal);
    expect(outcome.runs.map(ending)).toEqual(["KILLED", "KILLED"]);
    expect(outcome.runs[1]?.data.metrics).toEqual({ logged: 1 });
  });

  test("that the user listens to is the user's", async () => {
    const { child, ended } = await scripts.start(`
      process.on("SIGINT", () => { trackbook.logMetric("heard", 1); process.exit(0); });
      ${WAITING}`);
    child.kill("SIGINT");
    const outcome = await ended();
    expect([outcome.code, ...outcome.runs.map(ending)]).toEqual([0, "FINISHED", "FINISHED"]);
    expect(outcome.runs[1]?.data.metrics).toEqual({ logged: 1, heard: 1 });
  });

  test("that comes twice leaves all that was logged and KILLED runs", async () => {
    const { child, ended } = await scripts.start(WAITING);
    child.kill("SIGINT");
    child.kill("SIGINT");
    const outcome = await ended();
    expect(outcome.signal).toBe("SIGINT");
    expect(outcome.runs.map(ending)).toEqual(["KILLED", "KILLED"]);
    expect(outcome.runs[1]?.data.metrics).toEqual({ logged: 1 });
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s with 60,000 points still waiting, and again at every write of them: none is lost",
    async (signal) => {
      const { ended } = await scripts.start(`
        const fs = require("node:fs");
        trackbook.startRun();
        setInterval(() => {}, 1000);
        console.log("ready");
        trackbook.logMetric("first", 1);
        // One turn of the event loop: the points still wait when the signal is heard.
        for (let step = 0; step < 60_000; step++) trackbook.logMetric("loss", step, { step });
        process.kill(process.pid, "${signal}");
        for (const name of ["openSync", "writeSync", "appendFileSync", "writeFileSync", "renameSync"]) {
          const original = fs[name];
          fs[name] = (...args) => {
            process.kill(process.pid, "${signal}");
            return original(...args);
          };
        }`);
      const outcome = await ended();
      expect(outcome.signal).toBe(signal);
      expect(outcome.runs.map(ending)).toEqual(["KILLED"]);
      expect(outcome.runs[0]?.history("loss")).toEqual(Array.from({ length: 60_000 }, (_, step) => step));
    },
  );

  test("that the user listens to once is the user's, the next one ends the process", async () => {
    const { child, ended } = await scripts.start(`
      process.once("SIGINT", () => {
        trackbook.logMetric("heard", 1);
        void trackbook.getRun(trackbook.activeRun().id).then((run) => {
          console.log(run.info.status);
          process.kill(process.pid, "SIGINT");
        });
      });
      ${WAITING}`);
    child.kill("SIGINT");
    const outcome = await ended();
    expect([outcome.signal, outcome.stdout]).toEqual(["SIGINT", "ready\nRUNNING\n"]);
    expect(outcome.runs.map(ending)).toEqual(["KILLED", "KILLED"]);
    expect(outcome.runs[1]?.data.metrics).toEqual({ logged: 1, heard: 1 });
  });

  test("in the midst of a training leaves its epochs and a KILLED run", async () => {
    const { child, ended } = await scripts.start(`
      main(() => fit(network(), { epochs: 1e6, yieldEvery: "epoch", callbacks: { onEpochEnd: (epoch) => {
        if (epoch === 8) console.log("ready");
      } } }));`);
    child.kill("SIGTERM");
    const outcome = await ended();
    expect(outcome.signal).toBe("SIGTERM");
    expect(outcome.runs.map(ending)).toEqual(["KILLED"]);
    expect(outcome.runs[0]?.steps("loss").slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("that cannot be caught costs at most the last moment", async () => {
    const { child, ended } = await scripts.start(`
      trackbook.startRun();
      trackbook.logMetric("first", 1);
      setTimeout(() => {
        setInterval(() => {}, 1000);
        console.log("ready");
      }, 150);`);
    child.kill("SIGKILL");
    const { runs } = await ended();
    expect(runs.map(ending)).toEqual(["RUNNING without end"]);
    expect(runs[0]?.data.metrics).toEqual({ first: 1 });
  });
});

describe("MLFLOW_RUN_ID", () => {
  test("is followed by child processes and worker threads, which do not end the run", async () => {
    const { statuses, runs, code } = await endings(`
      const { execFileSync } = require("node:child_process");
      const { Worker } = require("node:worker_threads");
      main(async () => {
        const run = trackbook.startRun();
        const env = { ...process.env, MLFLOW_RUN_ID: run.id };
        const log = (who) => "const t = require('trackbook'); t.logParam('" + who + "', t.activeRun().id);" +
          "t.logMetric('loss', 1, { step: " + who.length + " });";
        const ends = " void t.endRun(); process.exitCode = 3;";
        const status = async () => (await trackbook.getRun(run.id)).info.status;
        try { execFileSync(process.execPath, ["-e", log("child") + ends], { env }); } catch {}
        if (await status() !== "RUNNING") throw new Error("ended by the child");
        await new Promise((resolve) => new Worker(log("worker") + ends, { eval: true, env }).on("exit", resolve));
        if (await status() !== "RUNNING") throw new Error("ended by the worker");
        trackbook.logParam("parent", run.id);
      });`);
    expect([code, ...statuses]).toEqual([0, "FINISHED"]);
    const id = runs[0]?.info.runId;
    expect(runs[0]?.data.params).toEqual({ child: id, worker: id, parent: id });
    expect(runs[0]?.steps("loss")).toEqual([5, 6]);
  });
});

import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Run, TrackingClient } from "../../../src";
import { createInstalledFolder, PACKAGE } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";
import { pythonServer } from "../../support/python-server";
import { runNode } from "../../support/run-node";
import { type TroubledServer, troubledServer } from "../../support/troubled-server";

/** The most that a program may take that has nothing to do but to start, log and end, on a busy machine. */
const SOON = 30_000;

describeWithParts(["python"], "what a program logs on a server", ({ python: { python } }) => {
  const server = pythonServer(python);
  let network: TroubledServer;
  let root: string;
  let folder: string;
  let name: string;
  let count = 0;

  beforeAll(async () => {
    root = createInstalledFolder();
    network = await troubledServer(() => server.uri);
  });
  afterAll(() => {
    network.close();
    rmSync(root, { recursive: true, force: true });
  });
  beforeEach(() => {
    network.become("none");
    folder = mkdtempSync(join(root, "program-"));
    name = `spooled ${++count}`;
  });

  const environment = (env: Record<string, string> = {}) => ({
    MLFLOW_TRACKING_URI: network.uri,
    MLFLOW_EXPERIMENT_NAME: name,
    TRACKBOOK_TESTING: "1",
    // On a machine that does much else at the same time a server is slow to answer.
    TRACKBOOK_CONNECT_TIMEOUT: "20000",
    ...env,
  });
  const program = (source: string, env?: Record<string, string>) => {
    writeFileSync(join(folder, "program.cjs"), `const tb = require("trackbook");\n(async () => {\n${source}\n})();\n`);
    return runNode(process.execPath, ["program.cjs"], folder, environment(env));
  };
  const sync = (...args: readonly string[]) =>
    runNode(process.execPath, [join(PACKAGE, "dist/cli/index.js"), "sync", ...args], folder, environment());
  const spooled = (): string[] => {
    const spool = join(folder, ".trackbook/spool");
    return existsSync(spool) ? readdirSync(spool) : [];
  };

  const client = () => new TrackingClient(server.uri);
  const runs = async (): Promise<Run[]> => {
    const experiment = await client().getExperimentByName(name);
    return experiment ? client().searchRuns([experiment.experimentId], { orderBy: ["attributes.start_time ASC"] }) : [];
  };
  const onlyRun = async (): Promise<Run> => {
    const found = await runs();
    expect(found).toHaveLength(1);
    return found[0] as Run;
  };
  const steps = async (run: Run, key = "loss"): Promise<number[]> =>
    (await client().getMetricHistory(run.info.runId, key)).map(({ step }) => step).sort((a, b) => a - b);
  const upTo = (end: number) => Array.from({ length: end }, (_, step) => step);
  const fileOf = async (run: Run, path: string): Promise<string> =>
    readFileSync(await client().downloadArtifacts(run.info.runId, path), "utf8");

  const LOG = `
    tb.logParam("rate", 0.1);
    tb.setTag("stage", "dev");
    for (let step = 0; step < 2500; step++) tb.logMetric("loss", 1 / (step + 1), { step });
    tb.logText("hello", "notes/a.txt");
    tb.logText("x".repeat(100_000), "notes/large.txt");
    tb.logTable([{ a: 1 }, { a: 2 }], "table.json");
    tb.logTable([{ a: 3 }], "table.json");
  `;
  const expectAll = async (run: Run) => {
    expect(run.data.params).toEqual({ rate: "0.1" });
    expect(run.data.tags).toMatchObject({ stage: "dev", "mlflow.source.name": "program.cjs" });
    expect(await steps(run)).toEqual(upTo(2500));
    expect(await fileOf(run, "notes/a.txt")).toBe("hello");
    expect(await fileOf(run, "notes/large.txt")).toBe("x".repeat(100_000));
    expect(JSON.parse(await fileOf(run, "table.json"))).toEqual({ columns: ["a"], data: [[1], [2], [3]] });
  };

  test("is there when the run has ended, under the id that the server gave it", async () => {
    const ended = await program(`
      const run = tb.startRun({ runName: "first", tags: { mine: "yes" } });
      ${LOG}
      await run.end();
      const read = await tb.getRun(run.id);
      console.log(JSON.stringify([run.id, run.provisional, run.artifactUri, read.info.status]));
    `);
    expect(ended.stderr).toBe("");
    const run = await onlyRun();
    expect(JSON.parse(ended.stdout)).toEqual([run.info.runId, false, run.info.artifactUri, "FINISHED"]);
    expect(run.info).toMatchObject({ runName: "first", status: "FINISHED" });
    expect(run.data.tags.mine).toBe("yes");
    await expectAll(run);
    expect(spooled()).toEqual([]);
  });

  test("is there when the program has come to its end without a word of it", async () => {
    const ended = await program(LOG);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const run = await onlyRun();
    expect(run.info.status).toBe("FINISHED");
    await expectAll(run);
  });

  test("tells what the server refuses, and keeps the rest", async () => {
    const ended = await program(`
      const run = tb.startRun();
      const client = new tb.TrackingClient();
      await client.logParam(run.id, "taken", "theirs");
      tb.logParam("taken", "mine");
      tb.logParam("free", 1);
      tb.logMetric("loss", 1, { step: 0 });
      await run.end().catch((error) => console.log(error.code));
    `);
    expect(ended.stdout.trim()).toBe("INVALID_PARAMETER_VALUE");
    const run = await onlyRun();
    expect(run.data.params).toEqual({ taken: "theirs", free: "1" });
    expect(run.info.status).toBe("FINISHED");
  });

  test("waits while the server is away, costs nothing more, and arrives by trackbook sync", async () => {
    network.become("away");
    const started = performance.now();
    const ended = await program(
      `
      const tried = performance.now();
      try { tb.startRun(); } catch (error) { console.log(error.code); }
      const opened = performance.now();
      tb.logParam("first", 1);
      const run = tb.activeRun();
      console.log(run.provisional, run.id.length);
      ${LOG}
      console.log(performance.now() - opened < 1900, opened - tried < 3900);
    `,
      { TRACKBOOK_CONNECT_TIMEOUT: "" },
    );
    expect(performance.now() - started).toBeLessThan(SOON);
    expect(ended.stdout.split("\n").slice(0, 3)).toEqual(["TEMPORARILY_UNAVAILABLE", "true 32", "true true"]);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/^trackbook: what was logged stays in \.trackbook\/spool\/\S+; "npx trackbook sync"/);
    expect(await runs()).toEqual([]);
    expect(await sync()).toMatchObject({ code: 1 });
    network.become("none");
    expect(await sync()).toMatchObject({ code: 0, stderr: "" });
    const run = await onlyRun();
    expect(run.info.status).toBe("FINISHED");
    expect(run.data.params).toEqual({ first: "1", rate: "0.1" });
    expect(await steps(run)).toEqual(upTo(2500));
    expect(spooled()).toEqual([]);
  });

  test("offline stays here, and is not doubled by being sent twice", async () => {
    const ended = await program(
      `const run = tb.startRun({ runName: "offline" });
      ${LOG}
      await run.end();
      console.log(run.provisional);
      tb.startRun({ runName: "second" });
      tb.logMetric("loss", 1);`,
      { TRACKBOOK_MODE: "offline" },
    );
    expect(ended.stdout.trim()).toBe("true");
    const carried = join(folder, "carried");
    cpSync(join(folder, ".trackbook/spool"), carried, { recursive: true });
    cpSync(carried, join(folder, "again"), { recursive: true });
    expect(await sync(carried)).toMatchObject({ code: 0 });
    expect(await sync("again")).toMatchObject({ code: 0 });
    expect(await sync()).toMatchObject({ code: 0 });
    const [first, second, ...others] = await runs();
    expect(others).toEqual([]);
    await expectAll(first as Run);
    expect(second?.info.runName).toBe("second");
    expect(await steps(second as Run)).toEqual([0]);
  });

  test("arrives once although answers are lost", async () => {
    network.become("mute");
    const wakes = setTimeout(() => network.become("none"), 3000);
    const ended = await program(`
      ${LOG}
      await new Promise((resolve) => setTimeout(resolve, 3500));
      await tb.flush();
      console.log(tb.activeRun().provisional);
    `);
    clearTimeout(wakes);
    expect(ended).toMatchObject({ code: 0, stdout: "false\n" });
    await expectAll(await onlyRun());
  });

  /** A training that notes each epoch in a file, until there is a file "over". */
  const training = () =>
    program(`
      const { existsSync, renameSync, writeFileSync } = require("node:fs");
      const run = tb.startRun();
      let epoch = 0;
      for (; !existsSync("over"); epoch++) {
        tb.logMetric("loss", epoch, { step: epoch });
        writeFileSync("epoch.tmp", String(epoch));
        renameSync("epoch.tmp", "epoch");
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await run.end();
      console.log(epoch);
    `);
  const epoch = (): number =>
    existsSync(join(folder, "epoch")) ? Number(readFileSync(join(folder, "epoch"), "utf8")) : 0;

  test.each([["failing"], ["stalled"]] as const)(
    "arrives once after ten seconds of trouble, in which the training went on: %s",
    async (trouble) => {
      const ended = training();
      const seen = network.passed.length;
      await until(() => network.passed.slice(seen).some((line) => line.endsWith("log-batch")));
      network.become(trouble);
      const over = performance.now() + 10_000;
      const before = { epoch: epoch(), passed: network.passed.length };
      await until(() => epoch() > before.epoch + 300);
      await until(() => performance.now() > over);
      expect(network.passed).toHaveLength(before.passed);
      network.become("none");
      writeFileSync(join(folder, "over"), "");
      const { code, stdout, stderr } = await ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(await steps(await onlyRun())).toEqual(upTo(Number(stdout)));
    },
  );

  test("survives SIGKILL in the midst of a training, and arrives with the next program", async () => {
    mkdirSync(join(folder, "src"));
    writeFileSync(
      join(folder, "src/endless.cjs"),
      `const tb = require("trackbook");
      tb.startRun({ runName: "killed" });
      let told = performance.now();
      let kept = -1;
      for (let step = 0; ; step++) {
        tb.logMetric("loss", step, { step });
        if (performance.now() - told > 300) {
          // What was logged before the verbs of the last 300 ms is on the disk.
          require("node:fs").writeSync(1, kept + "\\n");
          kept = step;
          told = performance.now();
        }
        if (step % 50 === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      }`,
    );
    const child = spawn(process.execPath, ["src/endless.cjs"], {
      cwd: folder,
      env: { ...process.env, ...environment() },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    await until(() => output.split("\n").length > 5);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.on("close", resolve));
    const kept = Number(output.trim().split("\n").at(-1));
    expect(kept).toBeGreaterThan(100);
    const left = spooled();
    expect(left).toHaveLength(1);
    const ended = await program(`
      tb.startRun({ runName: "next" });
      const { existsSync } = require("node:fs");
      const deadline = Date.now() + 60_000;
      while (existsSync(".trackbook/spool/${left[0]}") && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 50));
    `);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(spooled()).toEqual([]);
    const killed = (await runs()).find(({ info }) => info.runName === "killed") as Run;
    const found = await steps(killed);
    expect(found).toEqual(upTo(found.length));
    expect(found.length).toBeGreaterThan(kept);
  });
});

async function until(isTrue: () => boolean, patience = 30_000): Promise<void> {
  const deadline = performance.now() + patience;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error("it has not come about");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

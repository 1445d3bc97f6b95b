import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ScriptFolder } from "../runs/scripts";

let scripts: ScriptFolder;
beforeAll(() => {
  scripts = new ScriptFolder();
});
afterAll(() => scripts.remove());

/** Trains, logs by hand and waits for nothing; prints what the training gave. */
const WORK = `
main(async () => {
  trackbook.logParam("a", 1);
  trackbook.logMetric("b", 2);
  trackbook.logText("c", "c.txt");
  trackbook.setTag("d", 3);
  void trackbook.flush();
  const { history } = await fit(network(), { epochs: 2 });
  console.log(line().toString(3), history.loss.length);
  void trackbook.endRun();
  trackbook.logMetric("e", 4);
});
`;
const RESULT = "f(x) = 2.20 * x - 0.400 2\n";

/** Lines on stderr that are ours. */
const warnings = (stderr: string) => stderr.split("\n").filter((line) => line.startsWith("trackbook: "));

describe("a place where nothing can be stored costs the program nothing but the record:", () => {
  test.each([
    ["a file in the place of the store", `require("node:fs").writeFileSync("mlruns", "mine");`],
    [
      "a folder of other things",
      `require("node:fs").mkdirSync("mlruns"); require("node:fs").writeFileSync("mlruns/notes.txt", "mine");`,
    ],
    ["a folder below a file", `require("node:fs").writeFileSync("file", ""); trackbook.setTrackingUri("file/mlruns");`],
  ])("%s is one warning", async (_, damage) => {
    const { code, stdout, stderr } = await scripts.run(damage + WORK);
    expect({ code, stdout }).toEqual({ code: 0, stdout: RESULT });
    expect(warnings(stderr)).toHaveLength(1);
    expect(warnings(stderr)[0]).toContain("no run could be opened");
    expect(stderr).not.toMatch(/Unhandled|at .*\.js:/);
  });

  test("a store that goes away under a run is one warning; flush tells what was not stored", async () => {
    const { code, stdout, stderr } = await scripts.run(`
      const { rmSync, writeFileSync } = require("node:fs");
      main(async () => {
        trackbook.logParam("before", 1);
        await trackbook.flush();
        rmSync("mlruns", { recursive: true });
        writeFileSync("mlruns", "gone");
        trackbook.logParam("after", 1);
        trackbook.logMetric("m", 1);
        trackbook.logText("text", "a.txt");
        const error = await trackbook.flush().catch((reason) => reason);
        console.log(error instanceof trackbook.StoreError, error.code, error.cause.errors.length);
        trackbook.logMetric("m", 2);
      });`);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^true INTERNAL_ERROR [3-5]\n$/) });
    // One for each kind of failure.
    expect(warnings(stderr).length).toBeLessThan(3);
    expect(warnings(stderr)[0]).toContain("flush() tells all");
  });

  test("a run that is deleted while it is written to is told by its end", async () => {
    const { code, stdout, stderr, runs } = await scripts.run(`
      main(async () => {
        const run = trackbook.startRun();
        await new trackbook.TrackingClient().deleteRun(run.id);
        trackbook.logMetric("late", 1);
        const error = await run.end().catch((reason) => reason);
        console.log(error.code, /must be in the 'active' state/.test(error.message));
        try { trackbook.startRun({ runId: run.id }); } catch (refused) { console.log(refused.code, refused.hint); }
      });`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\w+ true\nINVALID_PARAMETER_VALUE restore it first: .*restoreRun/);
    expect(warnings(stderr)).toHaveLength(1);
    expect(runs).toEqual([]);
  });

  test("a deleted experiment is an error for verbs, and one warning for a training, which goes on", async () => {
    const { code, stdout, stderr } = await scripts.run(`
      main(async () => {
        const client = new trackbook.TrackingClient();
        await client.deleteExperiment(await client.createExperiment("gone"));
        trackbook.setExperiment("gone");
        try { trackbook.logParam("a", 1); } catch (error) { console.log(error.code); }
        try { trackbook.startRun(); } catch (error) { console.log(error.code); }
        console.log(line().toString(3));
        await fit(network());
        console.log(trackbook.activeRun());
      });`);
    expect(code).toBe(0);
    expect(stdout).toBe("INVALID_PARAMETER_VALUE\nINVALID_PARAMETER_VALUE\nf(x) = 2.20 * x - 0.400\nundefined\n");
    expect(warnings(stderr)).toHaveLength(1);
    expect(warnings(stderr)[0]).toMatch(/"gone".*deleted/);
  });
});

test("a wrong argument is an error with a code and a hint, and loses nothing that was logged", async () => {
  const { code, stderr, runs } = await scripts.run(`
    trackbook.startRun();
    trackbook.logParam("rate", 1);
    trackbook.logParam("rate", 2);`);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /InvalidInputError: Changing param values is not allowed.*Hint: .*\[INVALID_PARAMETER_VALUE\]/,
  );
  expect(runs.map(({ info, data }) => [info.status, data.params])).toEqual([["FAILED", { rate: "1" }]]);
});

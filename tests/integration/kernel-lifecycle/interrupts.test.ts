import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../support/kernel";
import { describeWithParts } from "../../support/parts";
import { EXIT, KERNELS, Notebook } from "./notebook";

/** A busy machine takes its time. */
const LONG = { timeout: 30_000 };

describe.each(KERNELS)("an interrupted cell, $name", ({ name, parts }) => {
  describeWithParts(parts, "under Jupyter", (paths) => {
    let notebook: Notebook;
    beforeAll(async () => {
      notebook = await Notebook.open(name, paths);
    });
    afterAll(() => notebook.close());

    let seen = 0;
    const endings = () => notebook.endings().slice(seen);
    const runs = () => notebook.runs().slice(seen);
    afterEach(() => {
      seen = notebook.runs().length;
    });

    test("that awaits a training: it stops, its run is KILLED with its epochs, the next training has a run of its own", async () => {
      await notebook.train("await longFit(); undefined");
      await notebook.kernel.interrupt();
      expect((await notebook.kernel.finish()).status).toBe("error");
      await expect.poll(endings, LONG).toEqual(["KILLED"]);
      expect(runs()[0]?.steps("loss").slice(0, 4)).toEqual([0, 1, 2, 3]);
      await notebook.cell("await fit(); line(); undefined");
      expect(endings()).toEqual(["KILLED", "FINISHED", "FINISHED"]);
    });

    test("with no training under way changes nothing", async () => {
      await notebook.cell("line(); undefined");
      await notebook.kernel.start(`
        setTimeout(() => console.log("waiting"), 1);
        await new Promise((resolve) => setTimeout(resolve, 60_000).unref());`);
      await notebook.kernel.waitForOutput("waiting");
      await notebook.kernel.interrupt();
      expect((await notebook.kernel.finish()).status).toBe("error");
      await notebook.kernel.interrupt();
      await notebook.cell(`trackbook.logMetric("after", 1); await trackbook.flush();`);
      expect(endings()).toEqual(["FINISHED"]);
      expect(runs()[0]?.data.metrics.after).toBe(1);
      await notebook.cell("await trackbook.endRun();");
    });

    test("that trains a forest at once: the run is KILLED, and later trainings are recorded", async () => {
      await notebook.train("longForest();", "● training");
      await notebook.kernel.interrupt();
      expect((await notebook.kernel.finish()).status).toBe("error");
      await expect.poll(endings, LONG).toEqual(["KILLED"]);
      await notebook.cell(
        "new RandomForestRegression({ nEstimators: 5, seed: 1, noOOB: true }).train(samples, targets); undefined",
      );
      await notebook.cell("await fit(); undefined");
      expect(endings()).toEqual(["KILLED", "FINISHED", "FINISHED"]);
      expect(runs()[1]?.data.params.nEstimators).toBe("5");
    });

    test("in the moment in which a training begins: its run does not stay RUNNING", async () => {
      await notebook.train(`
        const starts = longFit();
        console.log("well under way");
        for (;;);
        await starts;`);
      await notebook.kernel.interrupt();
      expect((await notebook.kernel.finish()).status).toBe("error");
      await notebook.kernel.interrupt();
      await expect.poll(endings, LONG).toEqual(["KILLED"]);
    });

    test("twice in a row", async () => {
      await notebook.train("await longFit(); undefined");
      await notebook.kernel.interrupt();
      await notebook.kernel.interrupt();
      await notebook.kernel.finish();
      await expect.poll(endings, LONG).toEqual(["KILLED"]);
      // Two at once would meet Node between `vm`, which heard the first, and the kernel's listener, and end it, with us and without.
      await notebook.train("longForest();", "● training");
      await notebook.kernel.interrupt();
      await notebook.kernel.finish();
      await notebook.kernel.interrupt();
      await expect.poll(endings, LONG).toEqual(["KILLED", "KILLED"]);
      // A signal that comes when the forest has stopped already may be the next cell's.
      await expect.poll(async () => (await notebook.kernel.run("undefined")).status, LONG).toBe("ok");
      await notebook.cell("line(); undefined");
      expect(endings()).toEqual(["KILLED", "KILLED", "FINISHED"]);
    });

    test("leaves a run that the user opened to the user", async () => {
      await notebook.cell(`const mine = trackbook.startRun({ runName: "mine" });`);
      await notebook.train("await longFit(); undefined");
      await notebook.kernel.interrupt();
      await notebook.kernel.finish();
      await notebook.train("longForest();", "● training");
      await notebook.kernel.interrupt();
      await notebook.kernel.finish();
      expect(endings()).toEqual(["RUNNING without end"]);
      await notebook.cell("line(); await mine.end();");
      expect(endings()).toEqual(["FINISHED"]);
      expect(runs()[0]?.data.tags).toMatchObject({
        estimator_name: "Sequential",
        "estimator_name-2": "RandomForestRegression",
        "estimator_name-3": "SimpleLinearRegression",
      });
    });

    test("whose run is bound to a function: it ends KILLED, and later cells are not bound to it", async () => {
      await notebook.train("trackbook.startRun({ runName: 'at once' }, () => longForest());", "● training");
      await notebook.kernel.interrupt();
      await notebook.kernel.finish();
      await expect.poll(endings, LONG).toEqual(["KILLED"]);
      await notebook.train("await trackbook.startRun({ runName: 'awaited' }, () => longFit());");
      await notebook.kernel.interrupt();
      await notebook.kernel.finish();
      await expect.poll(endings, LONG).toEqual(["KILLED", "KILLED"]);
      await notebook.cell(`trackbook.logParam("after", 1);`);
      await notebook.cell("await fit(); await trackbook.endRun();");
      expect(endings()).toEqual(["KILLED", "KILLED", "FINISHED"]);
      expect(runs().map(({ data }) => data.params.after)).toEqual([undefined, undefined, "1"]);
    });

    test("in the midst of many metrics loses and repeats none of them", async () => {
      await notebook.train(`
        let count = 0;
        for (; ; count++) {
          trackbook.logMetric("counted", count, { step: count });
          if (count === 100_000) console.log("well under way");
        }`);
      await notebook.kernel.interrupt();
      await notebook.kernel.finish();
      await notebook.cell("await trackbook.endRun();");
      const counted = runs()[0]?.history("counted") ?? [];
      expect(counted.length).toBeGreaterThan(100_000);
      expect(counted.findIndex((value, index) => value !== index)).toBe(-1);
    });

    test("in the midst of many short trainings: what was finished stays, what comes next is recorded", async () => {
      await notebook.train(`for (let i = 0; ; i++) { line(); if (i === 30) console.log("well under way"); }`);
      await notebook.kernel.interrupt();
      expect((await notebook.kernel.finish()).status).toBe("error");
      await notebook.cell("line(); await trackbook.flush();");
      // Runs that began in one millisecond are in any order.
      const finished = endings().filter((ending) => ending === "FINISHED");
      const others = endings().filter((ending) => ending !== "FINISHED");
      expect([[], ["KILLED"]]).toContainEqual(others);
      expect(finished.length).toBeGreaterThan(30);
    });

    test("the kernel still ends by itself", async () => {
      expect(await notebook.shutdown(PATIENCE)).toBe(EXIT.byItself);
      expect(endings()).toEqual([]);
    });
  });
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PATIENCE } from "../../support/kernel";
import { describeWithParts } from "../../support/parts";
import { EXIT, FIRST_CELL, KERNELS, Notebook } from "./notebook";

describe.each(KERNELS)("a kernel that ends, $name", ({ name, parts }) => {
  describeWithParts(parts, "under Jupyter", (paths) => {
    let notebook: Notebook;
    beforeEach(async () => {
      notebook = await Notebook.open(name, paths);
    });
    afterEach(() => notebook.close());

    test("while it idles: open runs and finished ones are FINISHED, and nothing of ours holds it", async () => {
      await notebook.cell("line(); undefined");
      await notebook.cell("await fit(); undefined");
      await notebook.cell(`
        trackbook.startRun({ logSystemMetrics: true });
        trackbook.startRun({ nested: true });
        trackbook.logMetric("logged", 1);`);
      expect(notebook.endings()).toEqual(["FINISHED", "FINISHED", "RUNNING without end", "RUNNING without end"]);
      expect(await notebook.shutdown(PATIENCE)).toBe(EXIT.byItself);
      expect(notebook.endings()).toEqual(["FINISHED", "FINISHED", "FINISHED", "FINISHED"]);
      expect(notebook.runs().at(-1)?.data.metrics).toEqual({ logged: 1 });
    });

    test("at a restart: the old runs are FINISHED, the new kernel records as before", async () => {
      await notebook.cell("trackbook.startRun(); trackbook.logParam('before', 1);");
      expect(await notebook.kernel.restart(PATIENCE)).toBe(EXIT.byItself);
      expect(notebook.endings()).toEqual(["FINISHED"]);
      await notebook.cell(FIRST_CELL);
      await notebook.cell("line(); undefined");
      expect(notebook.endings()).toEqual(["FINISHED", "FINISHED"]);
      expect(notebook.runs()[0]?.data.params).toEqual({ before: "1" });
    });

    test("at a restart while a training is awaited: it is stopped and KILLED, an explicit run with it, and nothing waits for a signal", async () => {
      await notebook.train("await longFit(); undefined");
      expect(await notebook.kernel.restart(PATIENCE)).toBe(EXIT.byItself);
      expect(notebook.endings()).toEqual(["KILLED"]);
      await notebook.cell(FIRST_CELL);
      await notebook.train("const mine = trackbook.startRun(); await longFit(); undefined");
      expect(await notebook.shutdown(PATIENCE)).toBe(EXIT.byItself);
      expect(notebook.endings()).toEqual(["KILLED", "KILLED"]);
      for (const run of notebook.runs()) expect(run.steps("loss").slice(0, 4)).toEqual([0, 1, 2, 3]);
    });

    test("while a training holds the event loop from its cell's start: it is aborted and KILLED", async () => {
      await notebook.train("longForest();", "● training");
      expect(await notebook.shutdown(PATIENCE)).toBe(EXIT.byItself);
      expect(notebook.endings()).toEqual(["KILLED"]);
    });

    test("by SIGTERM, when something of the user's holds it: what is open is KILLED", async () => {
      await notebook.cell("line(); setInterval(() => {}, 1000); undefined");
      await notebook.cell("trackbook.startRun(); trackbook.logMetric('logged', 1);");
      expect(await notebook.shutdown()).toBe(EXIT.terminated);
      expect(notebook.endings()).toEqual(["FINISHED", "KILLED"]);
      expect(notebook.runs()[1]?.data.metrics).toEqual({ logged: 1 });
    });

    test("by SIGKILL, when a training after an await holds the loop: the run says RUNNING and has all that was logged before", async () => {
      await notebook.train(
        `
        trackbook.startRun();
        for (let step = 0; step < 1000; step++) trackbook.logMetric("logged", step, { step });
        await null;
        longForest();`,
        "● training",
      );
      expect(await notebook.shutdown()).toBe(EXIT.killed);
      expect(notebook.endings()).toEqual(["RUNNING without end"]);
      expect(notebook.runs()[0]?.history("logged")).toHaveLength(1000);
    });

    test("by SIGKILL at any moment: what was logged 100 ms before is there", async () => {
      await notebook.train(`
        trackbook.startRun();
        await trackbook.flush();
        let count = 0;
        const begun = performance.now();
        for (; performance.now() - begun < 50; count++) trackbook.logMetric("early", count, { step: count });
        while (performance.now() - begun < 160) trackbook.logMetric("later", 1);
        console.log("well under way", count);
        for (;;) trackbook.logMetric("later", 1);`);
      expect(await notebook.kill()).toBe(EXIT.killed);
      expect(notebook.endings()).toEqual(["RUNNING without end"]);
      const early = notebook.runs()[0]?.history("early") ?? [];
      expect(early.length).toBeGreaterThan(0);
      expect(early.at(-1)).toBe(early.length - 1);
    });
  });
});

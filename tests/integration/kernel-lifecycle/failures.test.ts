import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../support/kernel";
import { describeWithParts } from "../../support/parts";
import { EXIT, KERNELS, Notebook } from "./notebook";

describe.each(KERNELS)("a failing cell, $name", ({ name, parts }) => {
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
    const fails = async (code: string) => {
      const { status, outputs } = await notebook.kernel.run(code);
      expect(status).toBe("error");
      return outputs.find((output) => output.name === "stderr")?.text ?? "";
    };

    test("whose training throws: its run is FAILED, the library's error stands there, the next training has its own", async () => {
      expect(await fails("await network().fit(tf.tensor2d([[1, 2]]), ys, { verbose: 0 });")).toMatch(/^ValueError/);
      expect(await fails("new SimpleLinearRegression([1, 2], [1]);")).toMatch(/Error/);
      await notebook.cell("line(); undefined");
      expect(endings()).toEqual(["FAILED", "FAILED", "FINISHED"]);
    });

    test("whose callback throws: the run is FAILED and has the epochs before", async () => {
      const error = await fails(`
        await fit({ epochs: 9, callbacks: { onEpochEnd: (epoch: number) => { if (epoch === 3) throw new Error("mine"); } } });`);
      expect(error).toMatch(/^Error: mine/);
      expect(endings()).toEqual(["FAILED"]);
      expect(runs()[0]?.steps("loss").slice(0, 3)).toEqual([0, 1, 2]);
    });

    test("that throws after startRun leaves the run to the user: later cells go on with it", async () => {
      await fails(`const opened = trackbook.startRun(); trackbook.logParam("before", 1); throw new Error("mine");`);
      await notebook.cell(`trackbook.logParam("after", 2); line(); undefined`);
      expect(endings()).toEqual(["RUNNING without end"]);
      await notebook.cell(`await trackbook.endRun("FAILED");`);
      expect(endings()).toEqual(["FAILED"]);
      expect(runs()[0]?.data.params).toMatchObject({ before: "1", after: "2" });
    });

    test("whose run is bound to a function: the run is FAILED, later verbs have another", async () => {
      await fails(`await trackbook.startRun(async () => { await fit(); throw new Error("mine"); });`);
      await notebook.cell(`trackbook.logParam("after", 1); await trackbook.endRun();`);
      expect(endings()).toEqual(["FAILED", "FINISHED"]);
      expect(runs()[0]?.data.params).not.toHaveProperty("after");
    });

    test("a rejection that nobody handles and an exception in a timer end no run, and fail none", async () => {
      await notebook.cell(`
        trackbook.startRun();
        void Promise.reject(new Error("nobody's"));
        setTimeout(() => { throw new Error("a timer's"); }, 1);
        await fit({ epochs: 20 });
        undefined`);
      await notebook.cell(`trackbook.logParam("after", 1); await trackbook.flush();`);
      expect(endings()).toEqual(["RUNNING without end"]);
      await notebook.cell("await trackbook.endRun();");
      expect(endings()).toEqual(["FINISHED"]);
      expect(runs()[0]?.steps("loss")).toHaveLength(20);
      expect(runs()[0]?.data.params.after).toBe("1");
    });

    test("drops the cells behind it, and those leave nothing", async () => {
      await notebook.kernel.start(`
        for (const begun = performance.now(); performance.now() - begun < 2000; );
        throw new Error("mine");`);
      await notebook.kernel.start("line(); undefined");
      expect((await notebook.kernel.finish()).status).toBe("abort");
      expect(endings()).toEqual([]);
      await notebook.cell("line(); undefined");
      expect(endings()).toEqual(["FINISHED"]);
    });

    test("does not keep the kernel from ending by itself, its open run FINISHED", async () => {
      await fails("trackbook.startRun(); throw new Error('mine');");
      expect(await notebook.shutdown(PATIENCE)).toBe(EXIT.byItself);
      expect(endings()).toEqual(["FINISHED"]);
    });
  });
});

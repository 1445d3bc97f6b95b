import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kernel, startKernel } from "../../support/kernel";
import { createInstalledFolder, innerOfDeno } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";

describeWithParts(["python", "deno"], "what a notebook with Deno's kernel shows", ({ python, deno }) => {
  let kernel: Kernel;

  beforeAll(async () => {
    kernel = await startKernel({ name: "deno", folder: createInstalledFolder("ml-regression"), ...python, ...deno });
    await kernel.run(`
      const runtime = ${innerOfDeno("runtime")};
      const here = runtime.currentRuntime();
      class Table {}
      runtime.makeRich(Table.prototype, {
        render: () => ({ text: "two rows", html: "<table></table>" }),
        summarize: () => "Table of 2",
      });
      undefined`);
  });
  afterAll(() => kernel.shutdown());

  /** Deno may tell of a cell's end before its last output: that one is waited for. */
  const outputsOf = async (code: string, last: string) => {
    await kernel.start(code);
    await kernel.waitForOutput(last);
    return (await kernel.finish()).outputs;
  };
  const bundle = { "text/plain": "two rows", "text/html": "<table></table>" };

  test("that it is Deno's, and where in the cell we were called", async () => {
    const outputs = await outputsOf("console.log(here.name, runtime.findUserLocation().kind)", "deno");
    expect(outputs).toMatchObject([{ text: "deno cell\n" }]);
  });

  test("one output with HTML and text, updated in place", async () => {
    const outputs = await outputsOf(
      `here.display({ "text/plain": "1", "text/html": "<b>1</b>" }, { id: "progress" });
       here.display({ "text/plain": "2", "text/html": "<b>2</b>" }, { id: "progress", update: true }); undefined`,
      "<b>2</b>",
    );
    expect(outputs).toMatchObject([{ type: "display_data", data: { "text/plain": "2", "text/html": "<b>2</b>" } }]);
  });

  test("a cell's last expression renders, also after an await", async () => {
    for (const code of ["new Table()", "await null; new Table()"])
      expect(await outputsOf(code, "two rows")).toMatchObject([{ type: "execute_result", data: bundle }]);
  });

  test("inside of an array it is one line, printed it is text", async () => {
    expect(await outputsOf("[new Table()]", "Table of 2")).toMatchObject([
      { data: { "text/plain": "[ Table of 2 ]" } },
    ]);
    expect(await outputsOf("console.log(new Table())", "two rows")).toMatchObject([{ text: "two rows\n" }]);
  });

  test("a training's card, and what the notebook's functions show, once", async () => {
    await kernel.run(`
      const trackbook = ${innerOfDeno("index.js")};
      const notebook = ${innerOfDeno("notebook/index.js")};
      trackbook.autolog();
      const { SimpleLinearRegression } = (await import("node:module")).createRequire(Deno.cwd() + "/")("ml-regression");
      undefined`);
    const trained = await outputsOf(
      "const line = new SimpleLinearRegression([1, 2, 3], [1, 2, 3]); undefined",
      "finished",
    );
    expect(trained).toMatchObject([{ type: "display_data" }]);
    expect(trained[0]?.data?.["text/html"]).toContain("trackbook");
    const listed = await outputsOf("await notebook.showRuns()", "execute_result");
    expect(listed).toMatchObject([{ type: "display_data" }, { type: "execute_result", data: {} }]);
    expect(Object.keys(listed[1]?.data ?? {})).toEqual([]);
  });

  test("5,000 updates in one go: the last is shown", async () => {
    const outputs = await outputsOf(
      `for (let i = 0; i < 5000; i++) here.display({ "text/plain": "frame " + i }, { id: "burst", update: i > 0 }); undefined`,
      "frame 4999",
    );
    expect(outputs.at(-1)?.data).toEqual({ "text/plain": "frame 4999" });
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Kernel, startKernel, TSLAB_KERNELS } from "../../support/kernel";
import { createInstalledFolder, inner } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";

describe.each(TSLAB_KERNELS)("what a tslab notebook shows, $name", ({ name, parts }) => {
  describeWithParts(parts, "under Jupyter", ({ python, tslab }) => {
    let kernel: Kernel;

    beforeAll(async () => {
      kernel = await startKernel({ name, folder: createInstalledFolder(), ...python, ...tslab });
      await kernel.run(`
      const runtime = ${inner("runtime")};
      const here = runtime.currentRuntime();
      class Table { rows = 2 }
      runtime.makeRich(Table.prototype, {
        render: () => ({ text: "two rows", html: "<table></table>" }),
        summarize: () => "Table of 2",
      });`);
    });
    afterAll(() => kernel.shutdown());

    const bundle = { "text/plain": "two rows", "text/html": "<table></table>" };

    test("one output with HTML and text", async () => {
      const { outputs } = await kernel.run(`here.display({ "text/plain": "plain", "text/html": "<b>rich</b>" });`);
      expect(outputs[0]).toMatchObject({
        type: "display_data",
        data: { "text/plain": "plain", "text/html": "<b>rich</b>" },
      });
    });

    test("an output is updated in place, also by a later cell", async () => {
      const first = await kernel.run(`
      here.display({ "text/plain": "1" }, { id: "progress" });
      here.display({ "text/plain": "2" }, { id: "progress", update: true });
      undefined`);
      expect(first.outputs.map(({ data }) => data)).toEqual([{ "text/plain": "2" }]);
      const second = await kernel.run(
        `here.display({ "text/plain": "3" }, { id: "progress", update: true }); undefined`,
      );
      expect(second.outputs).toMatchObject([
        { type: "update_display_data", displayId: "progress", data: { "text/plain": "3" } },
      ]);
    });

    test("a cell's last expression renders, and leaves no empty line behind", async () => {
      const { outputs } = await kernel.run("new Table()");
      expect(outputs).toMatchObject([{ type: "display_data", data: bundle }]);
    });

    test("so it does after an await", async () => {
      const { outputs } = await kernel.run("await new Promise((resolve) => setTimeout(resolve, 5)); new Table()");
      expect(outputs).toMatchObject([{ type: "display_data", data: bundle }]);
    });

    test("inside of an array or object it is one line", async () => {
      const { outputs } = await kernel.run("({ tables: [new Table()] })");
      expect(outputs).toMatchObject([{ type: "stream", text: "{ tables: [ Table of 2 ] }\n" }]);
    });

    test("console.log prints its text, and what is printed next is whole", async () => {
      const { outputs } = await kernel.run(`console.log(new Table()); console.log("next"); new Table()`);
      expect(outputs).toMatchObject([
        { type: "stream", text: "two rows\nnext\n" },
        { type: "display_data", data: bundle },
      ]);
      expect((await kernel.run(`console.log(""); console.log("after")`)).outputs).toMatchObject([
        { text: "\nafter\n" },
      ]);
    });

    test("of 5,000 updates in one go the last is shown, and the cell ends", async () => {
      const { outputs, status, messages } = await kernel.run(`
      for (let i = 0; i <= 5000; i++) here.display({ "text/plain": "frame " + i }, { id: "burst", update: i > 0 });`);
      expect(status).toBe("ok");
      expect(outputs.at(-1)?.data).toEqual({ "text/plain": "frame 5000" });
      expect(messages).toBeLessThan(200);
    });

    test("so it does where the notebook is shown more than it takes by the user's own calls", async () => {
      const { status } = await kernel.run(`
      const stop = here.onCellEnd(() => {});
      try { for (let i = 0; i < 5000; i++) require("tslab").display.text("mine " + i); } catch {}`);
      expect(status).toBe("ok");
      expect((await kernel.run(`stop(); here.display({ "text/plain": "on" }); undefined`)).outputs[0]?.data).toEqual({
        "text/plain": "on",
      });
    });
  });
});

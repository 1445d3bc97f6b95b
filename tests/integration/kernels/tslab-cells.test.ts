import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Kernel, startKernel, TSLAB_KERNELS } from "../../support/kernel";
import { createInstalledFolder, inner } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";

describe.each(TSLAB_KERNELS)("what is known of a tslab cell, $name", ({ name, parts }) => {
  describeWithParts(parts, "under Jupyter", ({ python, tslab }) => {
    let kernel: Kernel;
    const first = `const runtime = ${inner("runtime")}; const here = runtime.currentRuntime();
const typed: string = JSON.stringify(here.currentCell()); // with its types and comments
console.log(typed)`;
    let firstOutput: string | undefined;

    beforeAll(async () => {
      const env = { JPY_SESSION_NAME: "/home/me/my train.ipynb" };
      kernel = await startKernel({
        name,
        folder: createInstalledFolder("ml-regression"),
        env,
        ...python,
        ...tslab,
      });
      firstOutput = (await kernel.run(first)).outputs[0]?.text;
    });
    afterAll(() => kernel.shutdown());

    const printed = async (code: string) => JSON.parse((await kernel.run(code)).outputs[0]?.text ?? "null");

    test("its source, in the very cell that loads us", () => {
      expect(JSON.parse(firstOutput ?? "null")).toMatchObject({ code: first });
    });

    test("its source and number in later cells, also after awaits", async () => {
      const code =
        "await new Promise((resolve) => setTimeout(resolve, 5)); console.log(JSON.stringify(here.currentCell()))";
      const one = await printed(code);
      const two = await printed(code);
      expect(one).toMatchObject({ code, executionCount: 2 });
      expect(two.executionCount).toBe(3);
      expect(two.messageId).not.toBe(one.messageId);
    });

    test("the look leaves the kernel as it was", async () => {
      const { outputs, messages } = await kernel.run(`
      here.currentCell();
      console.log(Object.getOwnPropertyDescriptor(Object.prototype, "identity"));
      here.display({ "text/plain": "still works" });
      undefined`);
      expect(messages).toBe(1);
      expect(outputs).toMatchObject([{ text: "undefined\n" }, { data: { "text/plain": "still works" } }]);
    });

    test("where in the cell it was called, and nowhere else", async () => {
      const { outputs } = await kernel.run(`await null;\nconsole.log(runtime.findUserLocation().kind)`);
      expect(outputs[0]?.text).toBe("cell\n");
    });

    test("the notebook's path under a Jupyter server", async () => {
      const { outputs } = await kernel.run("console.log(here.notebookPath())");
      expect(outputs[0]?.text).toBe("/home/me/my train.ipynb\n");
    });

    test("packages are found from the notebook's folder", async () => {
      const { outputs } = await kernel.run(`
      import { SimpleLinearRegression } from "ml-regression";
      console.log((here.requireFromUser("ml-regression") as any).SimpleLinearRegression === SimpleLinearRegression)`);
      expect(outputs[0]?.text).toBe("true\n");
    });

    test("a value that earlier cells hold is replaced for later ones", async () => {
      await kernel.run(`class Old {}; class New {}; const alias = Old;`);
      const { outputs } = await kernel.run("console.log(here.replaceInCells(Old, New))");
      expect(outputs[0]?.text).toBe("2\n");
      expect((await kernel.run("console.log(new Old(), alias.name)")).outputs[0]?.text).toBe("New {} New\n");
    });

    test("its end is told before the notebook hears of it, until nobody listens any more", async () => {
      await kernel.run(`
      let ends = 0;
      const stop = here.onCellEnd(() => here.display({ "text/plain": "end " + ++ends }));`);
      expect((await kernel.run("await null; console.log(1)")).outputs).toMatchObject([
        { text: "1\n" },
        { data: { "text/plain": "end 2" } },
      ]);
      expect((await kernel.run(`throw new Error("failed")`)).outputs.at(-1)?.data).toEqual({ "text/plain": "end 3" });
      await kernel.run("await new Promise((resolve) => setTimeout(resolve, 300)); stop()");
      expect((await kernel.run("1")).outputs).toMatchObject([{ text: "1\n" }]);
    });
  });
});

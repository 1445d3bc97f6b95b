import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeWithParts } from "../../support/parts";
import type { CellResult } from "../../support/kernel";
import { KERNELS, Notebook } from "./notebook";

const COUNT = 5000;
/** A cell that shows this much of itself is still light in a notebook's file. */
const MOST_BYTES = 500_000;

describe.each(KERNELS)("5,000 updates in one cell, $name", ({ name, parts }) => {
  describeWithParts(parts, "under Jupyter", (paths) => {
    let notebook: Notebook;
    beforeAll(async () => {
      notebook = await Notebook.open(name, paths);
    });
    afterAll(() => notebook.close());

    const texts = ({ outputs }: CellResult) => outputs.map(({ data, text }) => data?.["text/plain"] ?? text ?? "");
    const expectLight = (result: CellResult) => {
      expect(JSON.stringify(result.outputs).length).toBeLessThan(MOST_BYTES);
      expect(texts(result).join()).not.toMatch(/EBUSY|Error/);
    };

    test("5,000 epochs are one card with the last frame, and all in the store", async () => {
      const result = await notebook.cell(`await fit({ epochs: ${COUNT}, yieldEvery: "never" }); undefined`);
      expectLight(result);
      expect(texts(result)).toHaveLength(1);
      expect(texts(result)[0]).toMatch(/✓ finished[\s\S]*epoch 5\s?000 \/ 5\s?000/);
      const [run] = notebook.runs();
      expect(run?.steps("loss")).toEqual(Array.from({ length: COUNT }, (_, step) => step));
    });

    test("5,000 trainings that never yield are twenty cards and a table, and 5,000 runs", async () => {
      const result = await notebook.cell(`for (let i = 0; i < ${COUNT}; i++) line();`);
      expectLight(result);
      expect(texts(result)).toHaveLength(21);
      expect(
        texts(result)
          .slice(0, 20)
          .every((text) => text.includes("✓ finished")),
      ).toBe(true);
      expect(texts(result)[20]).toMatch(/4\s?980/);
      expect(new Set(notebook.endings())).toEqual(new Set(["FINISHED"]));
      expect(notebook.runs()).toHaveLength(COUNT + 1);
    });

    test("the kernel goes on", async () => {
      expect(texts(await notebook.cell("line(); console.log('on'); undefined")).join()).toContain("on");
    });
  });
});

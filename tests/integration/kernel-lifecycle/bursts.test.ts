import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeWithParts } from "../../support/parts";
import { type CellResult, PATIENCE } from "../../support/kernel";
import { openTrackingStore } from "../../../src/stores";
import { EXIT, KERNELS, Notebook } from "./notebook";

const COUNT = 5000;
/** Each leaves some thirty files: enough of them to fill a busy socket many times over, few enough for a slow disk. */
const TRAININGS = 400;
/** A cell that shows this much of itself is still light in a notebook's file. */
const MOST_BYTES = 500_000;

describe.each(KERNELS)("5,000 updates in one cell, $name", ({ name, parts }) => {
  describeWithParts(parts, "under Jupyter", (paths) => {
    let notebook: Notebook;
    beforeAll(async () => {
      notebook = await Notebook.open(name, paths);
    });
    afterAll(() => notebook.close(), 60_000);

    const texts = ({ outputs }: CellResult) => outputs.map(({ data, text }) => data?.["text/plain"] ?? text ?? "");
    const expectLight = (result: CellResult) => {
      expect(JSON.stringify(result.outputs).length).toBeLessThan(MOST_BYTES);
      expect(texts(result).join()).not.toMatch(/EBUSY/);
    };

    test("5,000 epochs are one card with the last frame, and all in the store", async () => {
      const result = await notebook.cell(`await fit({ epochs: ${COUNT}, yieldEvery: "never" }); undefined`);
      expectLight(result);
      expect(texts(result)).toHaveLength(1);
      expect(texts(result)[0]).toMatch(/✓ finished[\s\S]*epoch 5\s?000 \/ 5\s?000/);
      const [run] = notebook.runs();
      expect(run?.steps("loss")).toEqual(Array.from({ length: COUNT }, (_, step) => step));
    }, 400_000);

    test("400 trainings that never yield are twenty cards and a table, and 400 runs", async () => {
      await notebook.kernel.start(`for (let i = 0; i < ${TRAININGS}; i++) line();`);
      const result = await notebook.kernel.finish(300);
      expect(result.status).toBe("ok");
      expectLight(result);
      expect(texts(result)).toHaveLength(21);
      expect(
        texts(result)
          .slice(0, 20)
          .every((text) => text.includes("✓ finished")),
      ).toBe(true);
      expect(texts(result)[20]).toMatch(/380/);
      const { items } = openTrackingStore(join(notebook.folder, "mlruns")).searchRuns(["0"], {
        maxResults: 2 * TRAININGS,
      });
      expect(items).toHaveLength(TRAININGS + 1);
      expect(new Set(items.map(({ info }) => info.status))).toEqual(new Set(["FINISHED"]));
      expect(new Set(items.map(({ data }) => data.tags.estimator_name))).toEqual(
        new Set(["Sequential", "SimpleLinearRegression"]),
      );
    }, 400_000);

    test("5,000 shows in one turn: the kernel lives, the cell says how many it leaves out, and ends with the last", async () => {
      await notebook.cell(`
        import { compareRuns, showRuns } from "trackbook/notebook";
        const table = await showRuns({ maxResults: 2 }), last = await compareRuns(await trackbook.searchRuns({ maxResults: 2 }));
        undefined`);
      const result = await notebook.cell(`for (let i = 0; i < ${COUNT}; i++) table.show(); last.show(); undefined`);
      const shown = texts(result);
      expect(shown.length).toBeLessThan(400);
      expect(shown.length).toBeGreaterThan(100);
      const [leftOut] = shown.filter((text) => text.includes("left out"));
      expect(leftOut).toContain(`${COUNT + 1 - (shown.length - 1)} outputs`);
      expect(shown.at(-1)).not.toBe(shown[0]);
      expect(texts(await notebook.cell("table.show(); undefined"))).toEqual([shown[0]]);
    });

    test("the kernel goes on, and ends by itself", async () => {
      expect(texts(await notebook.cell("line(); console.log('on'); undefined")).join()).toContain("on");
      expect(await notebook.shutdown(PATIENCE)).toBe(EXIT.byItself);
    });
  });
});

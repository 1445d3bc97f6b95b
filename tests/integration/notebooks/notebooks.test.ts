import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { executeNotebook } from "../../../scripts/notebooks/execute";
import { type Notebook, type Output, readNotebook, textOf } from "../../../scripts/notebooks/notebook-file";
import { createNotebookFolder, NOTEBOOK_NAMES, NOTEBOOKS } from "../../../scripts/notebooks/notebook-folder";
import { steadyForm } from "../../../scripts/notebooks/steady-form";
import { describeWithParts } from "../../support/parts";

describeWithParts(["python", "tslab"], "the notebooks, executed again", ({ python, tslab }) => {
  let folder: string;
  beforeAll(() => {
    folder = createNotebookFolder();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(NOTEBOOK_NAMES)("%s", (name) => {
    let executed: Notebook;
    beforeAll(async () => {
      executed = await executeNotebook(folder, name, { ...python, ...tslab });
    });
    const outputs = (): Output[] => executed.cells.flatMap((cell) => cell.outputs ?? []);

    test("every cell shows what the committed file shows", () => {
      const committed = steadyForm(readNotebook(join(NOTEBOOKS, name)));
      steadyForm(executed).forEach((cell, i) => {
        expect(cell, `cell ${i + 1}: npm run notebooks writes what it shows now`).toBe(committed[i]);
      });
    });

    test("nothing is said on stderr", () => {
      expect(outputs().filter((output) => output.name === "stderr")).toEqual([]);
    });

    test("whatever has HTML has a text as well, no script, and is below 50 kB", () => {
      const displayed = outputs().flatMap(({ data }) => (data ? [data] : []));
      expect(displayed).not.toEqual([]);
      for (const data of displayed) {
        expect(textOf(data["text/plain"])).not.toBe("");
        expect(textOf(data["text/html"])).not.toMatch(/<script|\son\w+=|https?:/i);
        expect(textOf(data["text/html"]).length).toBeLessThan(50_000);
      }
    });
  });

  test("their files hold nothing of the machine or the moment they were executed on", () => {
    for (const name of NOTEBOOK_NAMES) {
      const { cells, metadata } = readNotebook(join(NOTEBOOKS, name));
      expect(JSON.stringify(cells)).not.toContain("trackbook-installed-");
      expect(cells.map((cell) => cell.metadata)).toEqual(cells.map(() => ({})));
      expect(Object.keys(metadata)).toEqual(["kernelspec", "language_info"]);
    }
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CellOutput, type Kernel, startKernel } from "../../support/kernel";
import { createInstalledFolder } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";
import { firstCell, SHOWING_CELLS } from "./notebook-cells";

type Forms = Readonly<Record<string, string>>;

/** What the cells showed in each kernel, by title. */
const shown = { tslab: new Map<string, Forms>(), deno: new Map<string, Forms>() };

describeWithParts(["python", "tslab", "deno"], "a notebook", ({ python, tslab, deno }) => {
  describe.each([
    { name: "tslab", parts: tslab },
    { name: "deno", parts: deno },
  ] as const)("in $name's kernel", ({ name, parts }) => {
    let kernel: Kernel;

    beforeAll(async () => {
      const folder = createInstalledFolder("ml-regression", "@tensorflow/tfjs");
      kernel = await startKernel({ name, folder, ...python, ...parts });
      const { outputs, status } = await kernel.run(firstCell(name));
      expect(status, JSON.stringify(outputs)).toBe("ok");
    });
    afterAll(() => kernel.shutdown());

    /** A kernel may tell of a cell's end before its last output: that one is waited for. tslab drops cells for a while after one that failed. */
    const run = async (code: string, last: string) => {
      for (;;) {
        await kernel.start(code);
        const result = await kernel.finish();
        if (result.status === "abort") continue;
        await kernel.waitForOutput(last);
        return { ...result, ...(await kernel.finish()) };
      }
    };
    const formsOf = (outputs: readonly CellOutput[]) =>
      outputs.flatMap(({ data }) => (data && Object.keys(data).length > 0 ? [data] : []));

    test.each(SHOWING_CELLS)("$title", async ({ title, code, says, last, status = "ok" }) => {
      const result = await run(code, last);
      expect(result.status).toBe(status);
      const forms = formsOf(result.outputs);
      expect(forms).toHaveLength(1);
      expect(forms[0]?.["text/plain"]).toMatch(says);
      expect(forms[0]?.["text/html"]).toMatch(/^<div class="trackbook">/);
      shown[name].set(title, forms[0] as Forms);
    });

    test("a cell whose training fails ends with the library's own error", async () => {
      const { outputs } = await run("await model.fit(tf.tensor2d([[1, 2]]), y, { epochs: 1, verbose: 0 });", "failed");
      const told = outputs.map(({ name: error = "", text = "" }) => `${error}: ${text}`).join("\n");
      expect(told).toMatch(/Error: input expected a batch/);
    });

    // Deno's kernel does not tell in which cell a call is made.
    if (name === "tslab") {
      test("what is kept in a variable shows again where it is asked for", async () => {
        expect(formsOf((await run("const table = await showRuns(); undefined", "text/html")).outputs)).toHaveLength(1);
        expect(formsOf((await run("table", "text/html")).outputs)).toHaveLength(1);
      });
    }
  });

  test.each(SHOWING_CELLS)("both kernels show the same: $title", ({ title }) => {
    const [tslabs, denos] = [shown.tslab.get(title), shown.deno.get(title)];
    for (const form of ["text/plain", "text/html"]) {
      expect(tslabs?.[form]).toBeDefined();
      expect(comparable(denos?.[form])).toBe(comparable(tslabs?.[form]));
    }
  });
});

/** Without what differs between any two runs of one notebook (ids, names, times, and where lines of text break for the lengths of these), and where a run's source lies. */
function comparable(form = ""): string {
  return form
    .replace(/\b[0-9a-f]{32}\b|\b[0-9a-f]{8}\b|\bm-[0-9a-f]{6}\b/g, "ID")
    .replace(/\b[a-z]+-[a-z]+-\d+\b/g, "NAME")
    .replace(/\b\d{4}-\d\d-\d\d[^"<]*/g, "MOMENT")
    .replace(/[\d.,]+ epochs\/s|[\d.,]+ (ms|s)\/epoch/g, "RATE")
    .replace(/\b[\d.]+ (ms|s|min)\b( ago)?|just now/g, "TIME")
    .replace(/mlruns( · [^<\n]*)?/g, "mlruns")
    .replace(/<span class="clip">[^<]*<\/span>/g, "")
    .replace(/\n+(cell \d+\S*|\S*trackbook-installed-\S*)$/, "")
    .replace(/(?<!\n)\n(?!\n)/g, " ")
    .replace(/ +/g, " ");
}

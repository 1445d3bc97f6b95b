import { expect, test, vi } from "vitest";
import { PATIENCE } from "../../support/kernel";
import { describeWithParts } from "../../support/parts";
import { EXIT, Notebook } from "./notebook";

const FIRST_CELL = `
import { endRun, logMetric, startRun } from "trackbook";
import { openUi } from "trackbook/notebook";
startRun({ runName: "seen from a cell" });
for (let step = 0; step < 5; step++) logMetric("loss", 1 / (step + 1), { step });
await endRun();`;

const isUp = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Asks until the answer is that. */
const becomes = (url: string, up: boolean) =>
  vi.waitUntil(async () => (await isUp(url)) === up, { timeout: 20_000, interval: 100 });

describeWithParts(["python", "tslab"], "openUi() in a cell", (paths) => {
  test("shows the link of a server that shows the runs, and ends with the kernel", async () => {
    const notebook = await Notebook.open("tslab", paths, undefined, FIRST_CELL);
    const { outputs } = await notebook.cell("await openUi()");
    const html = outputs.map(({ data }) => data?.["text/html"] ?? "").join("");
    const url = /href="(http:\/\/127\.0\.0\.1:\d+)"/.exec(html)?.[1] ?? "";
    expect(outputs, JSON.stringify(outputs)).toHaveLength(1);
    const runs = await (await fetch(`${url}/experiments/0`)).text();
    expect(runs).toContain("seen from a cell");
    const again = await notebook.cell("console.log((await openUi()).url); undefined");
    expect(JSON.stringify(again.outputs)).toContain(url);
    await becomes(url, true);
    expect(await notebook.kernel.shutdown(PATIENCE)).toBe(EXIT.byItself);
    await becomes(url, false);
  });

  test("ends with a kernel that is killed, and by close()", async () => {
    const notebook = await Notebook.open("tslab", paths, undefined, FIRST_CELL);
    const address = async (code: string) =>
      /http:\/\/127\.0\.0\.1:\d+/.exec(JSON.stringify((await notebook.cell(code)).outputs))?.[0] ?? "";
    const first = await address("const ui = await openUi(); undefined");
    expect(await isUp(first)).toBe(true);
    await notebook.cell("await ui.close()");
    expect(await isUp(first)).toBe(false);
    const second = await address("await openUi()");
    await becomes(second, true);
    await notebook.kernel.kill();
    await becomes(second, false);
  });
});

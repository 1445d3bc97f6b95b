import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Kernel, startKernel } from "../../support/kernel";
import { createInstalledFolder, inner } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";

describeWithParts(["python", "tslab"], "how a tslab kernel is interrupted and ends", ({ python, tslab }) => {
  let kernel: Kernel;
  let log: string;
  let isShutDown: boolean;
  const events = () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []);
  const shutdown = async () => {
    isShutDown = true;
    await kernel.shutdown();
  };

  beforeEach(async () => {
    isShutDown = false;
    const folder = createInstalledFolder();
    log = join(folder, "events.log");
    kernel = await startKernel({ name: "tslab", folder, ...python, ...tslab });
    await kernel.run(`
      import { appendFileSync } from "node:fs";
      const note = (event: string) => appendFileSync(${JSON.stringify(log)}, event + "\\n");
      const here = ${inner("runtime")}.currentRuntime();`);
  });
  afterEach(() => (isShutDown ? undefined : shutdown()));

  test("an idle kernel finishes asynchronous work at its shutdown", async () => {
    await kernel.run(`
      let isDone = false;
      here.onShutdown(async () => {
        if (isDone) return;
        isDone = true;
        await new Promise((resolve) => setTimeout(resolve, 100));
        note("stored");
      });`);
    await shutdown();
    expect(events()).toEqual(["stored"]);
  });

  test("a listener taken off is not called", async () => {
    await kernel.run(`const stop = here.onShutdown(() => note("shutdown"));`);
    await kernel.run("stop(); undefined");
    await shutdown();
    expect(events()).toEqual([]);
  });

  test("an interrupt of a waiting cell is heard; the kernel and its shutdown go on as before", async () => {
    await kernel.run(`here.onInterrupt(() => note("interrupt")); here.onShutdown(() => note("shutdown"));`);
    await kernel.start(`
      setTimeout(() => console.log("waiting"), 1);
      await new Promise((resolve) => setTimeout(resolve, 60_000).unref());`);
    await kernel.waitForOutput("waiting");
    await kernel.interrupt();
    expect((await kernel.finish()).status).toBe("error");
    await shutdown();
    expect(events()).toEqual(["interrupt", "interrupt", "shutdown"]);
  });

  test("listening to interrupts in the last cell does not let the shutdown's signal kill the kernel", async () => {
    await kernel.run(`here.onInterrupt(() => {}); here.onShutdown(() => note("shutdown"));`);
    await shutdown();
    expect(events()).toEqual(["shutdown"]);
  });

  test("a kernel that is kept busy is terminated, and what ends runs is waited for", async () => {
    await kernel.run(`
      here.onTerminate(async () => { await null; note("terminated"); });
      setInterval(() => {}, 1000);`);
    await shutdown();
    expect(events()).toEqual(["terminated"]);
  });
});

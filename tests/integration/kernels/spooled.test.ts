import { join } from "node:path";
import { expect, test } from "vitest";
import { TrackingClient } from "../../../src";
import { freePort } from "../../../scripts/free-port";
import { createInstalledFolder, innerOfDeno } from "../../support/installed-folder";
import { PATIENCE, startKernel } from "../../support/kernel";
import { describeWithParts } from "../../support/parts";
import { startProgram } from "../../support/started-program";
import { trackbook } from "../cli/command-line";

/** How a notebook of a kernel begins. */
const FIRST_CELLS = {
  tslab: `
    import * as trackbook from "trackbook";
    import { SimpleLinearRegression } from "ml-regression";
    trackbook.autolog();`,
  deno: `
    const trackbook = ${innerOfDeno("index.js")};
    trackbook.autolog();
    const { SimpleLinearRegression } = (await import("node:module")).createRequire(Deno.cwd() + "/")("ml-regression");
    undefined`,
} as const;

describeKernel("tslab", ["python", "tslab"]);
describeKernel("deno", ["python", "deno"]);

function describeKernel(name: "tslab" | "deno", parts: readonly ["python", "tslab" | "deno"]): void {
  describeWithParts(parts, `what a notebook of ${name}'s kernel logs on a server`, (paths) => {
    test("arrives by itself when the server is there", async () => {
      const folder = createInstalledFolder("ml-regression");
      const { url } = await startProgram(folder, ["server", "--port", "0"]);
      const { python, jupyterPath } = { ...paths.python, ...paths[name] } as { python: string; jupyterPath: string };
      const kernel = await startKernel({ name, folder, python, jupyterPath, env: { MLFLOW_TRACKING_URI: url } });
      for (const cell of [FIRST_CELLS[name], 'trackbook.logMetric("mine", 7); await trackbook.flush(); undefined'])
        expect((await kernel.run(cell)).status).toBe("ok");
      const [run] = await new TrackingClient(url).searchRuns(["0"]);
      expect(run?.data.metrics).toEqual({ mine: 7 });
      await kernel.shutdown();
    });

    test("is kept on disk while the server is away, and sent by trackbook sync when it is there", async () => {
      const folder = createInstalledFolder("ml-regression");
      const port = await freePort();
      const uri = `http://127.0.0.1:${port}`;
      const { python, jupyterPath } = { ...paths.python, ...paths[name] } as { python: string; jupyterPath: string };
      const kernel = await startKernel({ name, folder, python, jupyterPath, env: { MLFLOW_TRACKING_URI: uri } });
      expect((await kernel.run(FIRST_CELLS[name])).status).toBe("ok");
      const cells = [
        "const line = new SimpleLinearRegression([1, 2, 3], [1, 2, 4]); undefined",
        'trackbook.logMetric("mine", 7); undefined',
      ];
      for (const cell of cells) expect((await kernel.run(cell)).status).toBe("ok");
      await kernel.shutdown(name === "tslab" ? PATIENCE : undefined);

      const store = ["--backend-store-uri", `sqlite:///${join(folder, "mlflow.db")}`];
      await startProgram(folder, ["server", "--port", String(port), ...store]);
      const client = new TrackingClient(uri);
      expect(await client.searchRuns(["0"])).toEqual([]);
      expect(await trackbook(folder, ["sync"])).toMatchObject({ code: 0 });
      const [run, ...others] = await client.searchRuns(["0"]);
      expect(others).toEqual([]);
      expect(run?.info.status).toBe("FINISHED");
      expect(run?.data.metrics).toMatchObject({ mine: 7, training_r2_score: expect.any(Number) });
      expect(run?.data.tags).toMatchObject({ estimator_name: "SimpleLinearRegression" });
      const [model] = run?.outputs.modelOutputs ?? [];
      expect(await client.getLoggedModel(model?.modelId ?? "")).toMatchObject({ status: "READY" });
      expect((await trackbook(folder, ["sync"])).stderr).toContain("Nothing waits");
    });
  });
}

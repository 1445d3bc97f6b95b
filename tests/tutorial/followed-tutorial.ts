import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TrackingClient } from "../../src";
import { createInstalledFolder, LIBRARIES } from "../support/installed-folder";
import { type EndedProcess, runNode } from "../support/run-node";

/** The pairs of `alpha` and `l1_ratio` that it compares, besides the one of its command line. */
export const ELASTIC_NETS = ["0.2,0.7", "0.1,0.3", "0.1,0.7", "0.2,0.3", "1,0.3", "1,0.7"];

/** Where the tutorial keeps its runs. */
export interface TutorialPlace {
  /** The tracking URI that it is given; without one it is followed as it stands, and keeps them in its folder. */
  readonly uri?: string;
  /** The port where it serves its model. */
  readonly port: number;
}

/** The numbers in the line that begins so. */
export type ValuesOf = (start: string) => number[];

/** The tutorial followed to the letter, and what it has left there. @param more tests of what it printed */
export function describeTutorial(title: string, place: () => TutorialPlace, more?: (valuesOf: ValuesOf) => void): void {
  describe(title, () => {
    let folder: string;
    let ended: EndedProcess;
    let lines: readonly string[];
    let client: TrackingClient;

    beforeAll(async () => {
      folder = createInstalledFolder("vega-datasets", ...LIBRARIES);
      copyFileSync(join(__dirname, "tutorial.mjs"), join(folder, "tutorial.mjs"));
      const { uri, port } = place();
      ended = await runNode(process.execPath, ["tutorial.mjs", "0.2", "0.7"], folder, {
        PORT: String(port),
        ...(uri !== undefined && { MLFLOW_TRACKING_URI: uri, TRACKBOOK_CONNECT_TIMEOUT: "20000" }),
      });
      lines = ended.stdout.split("\n");
      client = new TrackingClient(uri ?? join(folder, "mlruns"));
    }, 300_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const lineOf = (start: string): string => lines.find((line) => line.startsWith(start)) ?? `no line ${start}`;
    const valuesOf: ValuesOf = (start) => JSON.parse(lineOf(start).slice(lineOf(start).indexOf("[")));

    test("runs to its end", () => {
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
      expect(ended.stderr.replace(/^=+\nHi, looks like.*\n=+\n|\n/gm, "")).toBe("");
    });

    test("each model is a named run of the renamed experiment, with its params, metrics, signature and model", async () => {
      expect((await client.getExperiment("0")).name).toBe("cars");
      const runs = await client.searchRuns(["0"]);
      const names = runs.map(({ info }) => info.runName).sort();
      expect(names).toEqual(
        [
          ...ELASTIC_NETS.map((pair) => `elasticnet_alpha_${pair.replace(",", "_l1_")}`),
          "elasticnet_alpha_0.2_l1_0.7",
          "linear_regression",
          "random_forest_n_10",
          "random_forest_n_100",
          "random_forest_n_50",
        ].sort(),
      );
      for (const { info, data, outputs } of runs) {
        expect(info.status).toBe("FINISHED");
        expect(data.metrics).toMatchObject({
          rmse: expect.any(Number),
          mae: expect.any(Number),
          r2: expect.any(Number),
        });
        expect(outputs.modelOutputs).toHaveLength(1);
        const files = await client.listArtifacts(info.runId, { path: info.runName });
        expect(files.map(({ path }) => path)).toContain(`${info.runName}/MLmodel`);
        const [, alpha, l1Ratio] = /^elasticnet_alpha_(.+)_l1_(.+)$/.exec(info.runName) ?? [];
        if (alpha) expect(data.params).toMatchObject({ alpha, l1_ratio: l1Ratio });
      }
      // A forest beats any straight line here, and the metrics are those that the runs say.
      const best = [...runs].sort((a, b) => (a.data.metrics.rmse as number) - (b.data.metrics.rmse as number))[0];
      expect(best?.info.runName).toMatch(/^random_forest/);
    });

    test("the best of them is registered, and answers alike by path, by alias and over HTTP", async () => {
      const champion = await client.getModelVersionByAlias("elasticnet-cars", "champion");
      expect(lineOf("best elastic net:")).toContain((await client.getRun(champion.runId as string)).info.runName);
      expect((await client.getRegisteredModel("elasticnet-cars")).latestVersions[0]?.version).toBe(7);
      expect(lineOf("signature:")).toBe(
        "signature: (Cylinders: double, Displacement: double, Horsepower: double, Weight_in_lbs: double, Acceleration: double) → float64[-1]",
      );
      const byPath = valuesOf("by path:");
      expect(byPath).toHaveLength(3);
      expect(valuesOf("by alias:")).toEqual(byPath);
      expect(lineOf("over HTTP:")).toContain("200");
      expect(valuesOf("over HTTP:")).toEqual(byPath);
      const served = lineOf("models:/elasticnet-cars@champion is served");
      expect(served).toContain(`http://127.0.0.1:${place().port}`);
    });

    more?.(valuesOf);
  });
}

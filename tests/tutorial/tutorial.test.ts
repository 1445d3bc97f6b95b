import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../../scripts/repository";
import { runCommand } from "../../scripts/run-command";
import { searchRuns, setTrackingUri, TrackingClient } from "../../src";
import { createInstalledFolder, LIBRARIES } from "../support/installed-folder";
import { requirePart } from "../support/parts";
import { type EndedProcess, runNode } from "../support/run-node";

const ELASTIC_NETS = ["0.2,0.7", "0.1,0.3", "0.1,0.7", "0.2,0.3", "1,0.3", "1,0.7"];

describe("the tutorial, followed to the letter", () => {
  let folder: string;
  let ended: EndedProcess;
  let lines: readonly string[];

  beforeAll(async () => {
    folder = createInstalledFolder("vega-datasets", ...LIBRARIES);
    copyFileSync(join(__dirname, "tutorial.mjs"), join(folder, "tutorial.mjs"));
    ended = await runNode(process.execPath, ["tutorial.mjs", "0.2", "0.7"], folder, {});
    lines = ended.stdout.split("\n");
    setTrackingUri(join(folder, "mlruns"));
  }, 300_000);
  afterAll(() => setTrackingUri(""));

  const lineOf = (start: string): string => lines.find((line) => line.startsWith(start)) ?? `no line ${start}`;
  const valuesOf = (start: string): number[] => JSON.parse(lineOf(start).slice(lineOf(start).indexOf("[")));

  test("runs to its end", () => {
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr.replace(/^=+\nHi, looks like.*\n=+\n|\n/gm, "")).toBe("");
  });

  test("its elastic nets have scikit-learn's weights on the same data, to 1e-2", async () => {
    const { python } = requirePart("python");
    const data = join(REPOSITORY, "node_modules/vega-datasets/data/cars.json");
    const printed = await runCommand(python, [join(__dirname, "elastic_net.py"), data, ...ELASTIC_NETS]);
    const expected = JSON.parse(printed) as Readonly<Record<string, readonly number[]>>;
    for (const pair of ELASTIC_NETS) {
      const [alpha, l1Ratio] = pair.split(",");
      const weights = valuesOf(`elastic net (alpha=${alpha}, l1_ratio=${l1Ratio})`);
      const differences = weights.map((weight, index) => Math.abs(weight - (expected[pair]?.[index] as number)));
      expect(Math.max(...differences), pair).toBeLessThan(1e-2);
    }
  });

  test("each model is a named run of the renamed experiment, with its params, metrics, signature and model", async () => {
    expect((await new TrackingClient(join(folder, "mlruns")).getExperiment("0")).name).toBe("cars");
    const runs = await searchRuns({ experimentIds: ["0"] });
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
      expect(data.metrics).toMatchObject({ rmse: expect.any(Number), mae: expect.any(Number), r2: expect.any(Number) });
      expect(outputs.modelOutputs).toHaveLength(1);
      expect(existsSync(join(folder, "mlruns/0", info.runId, "artifacts", info.runName, "MLmodel"))).toBe(true);
      const [, alpha, l1Ratio] = /^elasticnet_alpha_(.+)_l1_(.+)$/.exec(info.runName) ?? [];
      if (alpha) expect(data.params).toMatchObject({ alpha, l1_ratio: l1Ratio });
    }
    // A forest beats any straight line here, and the metrics are those that the runs say.
    const best = [...runs].sort((a, b) => (a.data.metrics.rmse as number) - (b.data.metrics.rmse as number))[0];
    expect(best?.info.runName).toMatch(/^random_forest/);
  });

  test("the best of them is registered, and answers alike by path, by alias and over HTTP", async () => {
    const client = new TrackingClient(join(folder, "mlruns"));
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
    expect(lineOf("models:/elasticnet-cars@champion is served")).toContain("http://127.0.0.1:5001");
  });
});

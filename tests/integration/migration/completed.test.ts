import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { sqliteStores, type SqlStores } from "../../../src/stores/sql";
import { migrate, missingIn, type Tally } from "../../../src/tracking/migration";
import { runNode } from "../../support/run-node";
import { PACKAGE } from "../../support/installed-folder";
import { temporaryFolder } from "../../support/temporary-folder";
import { series } from "../../unit/stores/metric-series";

let folder: string;
let source: SqlStores;
let target: SqlStores;
const uriOf = (name: string) => `sqlite:///${join(folder, `${name}.db`)}`;
const carryOver = (to = uriOf("target")): Promise<Tally> => migrate({ source: uriOf("source"), target: to });

beforeEach(() => {
  folder = temporaryFolder();
  const open = (name: string) => sqliteStores({ path: join(folder, `${name}.db`), artifactRoot: join(folder, name) });
  source = open("source");
  target = open("target");
});

const newRun = ({ tracking }: SqlStores, experimentId = "0"): string =>
  tracking.createRun({ experimentId, runName: "r", userId: "u", startTime: 1, tags: [] }).info.runId;

describe("a migration carries over", () => {
  /** As Python's log_model does: what the run has is measured on each of its models again. */
  const twoCheckpoints = () => {
    const runId = newRun(source);
    const loss = series("loss", [3, 2, 1]);
    source.tracking.logBatch(runId, { metrics: [loss] });
    for (const name of ["one", "two"]) {
      const { modelId } = source.tracking.createLoggedModel({ experimentId: "0", name, sourceRunId: runId });
      const onTest = { ...series("acc", [0.5]), datasetName: "test", datasetDigest: "d" };
      source.tracking.logBatch(runId, {
        metrics: [
          { ...loss, modelId },
          { ...onTest, modelId },
        ],
      });
    }
    return runId;
  };
  const modelsOf = ({ tracking }: SqlStores) =>
    tracking
      .searchLoggedModels(["0"], { orderBy: ["name"] })
      .items.map(({ name, metrics }) => [
        name,
        metrics.map(({ key, value, step, datasetName }) => [key, value, step, datasetName]),
      ]);

  test("what was measured on several models at once, to each of them", async () => {
    const runId = twoCheckpoints();
    const tally = await carryOver();
    expect(modelsOf(target)).toEqual(modelsOf(source));
    expect(target.tracking.getMetricHistory(runId, "loss").items).toHaveLength(3);
    expect(tally.target).toEqual(tally.source);
    expect(tally.source["model metric points"]).toBe(8);
  });

  test("to a folder too, which keeps the latest of them, and again without doubling anything", async () => {
    twoCheckpoints();
    const mlruns = join(folder, "mlruns");
    for (let round = 0; round < 2; round++) {
      const tally = await carryOver(mlruns);
      expect(tally.target).toEqual(tally.source);
    }
    await migrate({ source: mlruns, target: uriOf("target") });
    const latest = [
      ["acc", 0.5, 0, "test"],
      ["loss", 1, 2, undefined],
    ];
    expect(modelsOf(target)).toEqual([
      ["one", latest],
      ["two", latest],
    ]);
  });

  test("the points of models that a run's twin lacks, although the run itself has them", async () => {
    const runId = twoCheckpoints();
    target.tracking.createRun({ runId, experimentId: "0", runName: "r", userId: "u", startTime: 1, tags: [] });
    target.tracking.logBatch(runId, { metrics: [series("loss", [3, 2, 1])] });
    await carryOver();
    expect(modelsOf(target)).toEqual(modelsOf(source));
  });

  test("what versions lack that are there already, and descriptions of their models", async () => {
    for (const { registry } of [source, target]) {
      registry.createRegisteredModel("it's wine");
      registry.createModelVersion("it's wine", { source: "s3://x/y" });
    }
    source.registry.updateRegisteredModel("it's wine", { description: "red and white" });
    source.registry.updateModelVersion("it's wine", 1, { description: "the first" });
    source.registry.setModelVersionTag("it's wine", 1, { key: "team", value: "a" });
    source.registry.setRegisteredModelAlias("it's wine", "champion", 1);
    source.registry.transitionModelVersionStage("it's wine", 1, "Production");
    expect(missingIn(await carryOver())).toEqual([]);
    const wine = target.registry.getRegisteredModel("it's wine");
    expect(wine).toMatchObject({ description: "red and white", aliases: { champion: 1 } });
    expect(target.registry.getModelVersion("it's wine", 1)).toMatchObject({
      currentStage: "Production",
      description: "the first",
      tags: { team: "a" },
    });
  });

  test("nothing that was deleted in the target comes back by it", async () => {
    const experimentId = target.tracking.createExperiment("vines");
    const deleted = newRun(target, experimentId);
    target.tracking.deleteRun(deleted);
    target.tracking.deleteExperiment(experimentId);
    const carried = newRun(source, source.tracking.createExperiment("vines"));
    expect(missingIn(await carryOver())).toEqual([]);
    expect(target.tracking.getExperiment(experimentId).lifecycleStage).toBe("active");
    expect(target.tracking.getRun(deleted).info.lifecycleStage).toBe("deleted");
    expect(target.tracking.getRun(carried).info.lifecycleStage).toBe("active");
  });

  test("more runs than memory would hold at once", async () => {
    const params = [{ key: "notes", value: "x".repeat(60_000) }];
    for (let index = 0; index < 2000; index++) source.tracking.logBatch(newRun(source), { params });
    source.close();
    const program = `require(${JSON.stringify(join(PACKAGE, "dist/tracking/migration"))})
      .migrate({ source: process.argv[1], target: process.argv[2] })
      .then(({ target }) => console.log(target.runs, target.params));`;
    const argv = ["--max-old-space-size=84", "-e", program, uriOf("source"), uriOf("target")];
    expect(await runNode(process.execPath, argv, folder)).toMatchObject({ code: 0, stdout: "2000 2000\n" });
  });
});

import type { Backend } from "../../src/server/tracking";

const RUNS = 60;
const SENSORS = 150;

/** What a store filled by {@link fillBusily} holds. */
export interface BusyStore {
  /** Of sixty runs with long names, params of sixteen digits and more columns than a screen is wide. */
  readonly experimentId: string;
  /** The first is the oldest. */
  readonly runIds: readonly string[];
  /** A run with 150 metrics, each with a curve. */
  readonly sensors: { readonly experimentId: string; readonly runId: string };
  /** A run and an experiment that are deleted. */
  readonly deleted: { readonly experimentId: string; readonly runId: string };
  /** A registered model with twelve versions, the third of which was changed last. */
  readonly model: string;
  /** What the first run has made. */
  readonly loggedModelId: string;
}

/** Fills a store with as much as a team has after a while: what makes pages long, wide and crowded. */
export async function fillBusily({ store, registry, artifacts }: Backend): Promise<BusyStore> {
  const begin = Date.now() - 5 * 86_400_000;
  const create = (experimentId: string, runName: string, startTime: number) =>
    store.createRun({ experimentId, runName, userId: "sk", startTime, tags: [] });
  const experimentId = await store.createExperiment("wine quality of the northern slopes", {
    tags: [{ key: "mlflow.note.content", value: "Red and white together, without the vintages before 2009." }],
  });
  const runIds: string[] = [];
  for (let index = 0; index < RUNS; index++) {
    const startTime = begin + index * 3_600_000;
    const name = `gradient-boosting-with-early-stopping-${index}`;
    const { info } = await create(experimentId, name, startTime);
    await store.logBatch(info.runId, {
      metrics: METRICS.map((key, at) => seriesOf(key, startTime, 40, (step) => (at + 1 + (index % 7)) / (step + 3))),
      params: Object.entries(paramsOf(index)).map(([key, value]) => ({ key, value })),
    });
    await store.updateRun(info.runId, {
      status: index % 9 === 4 ? "FAILED" : "FINISHED",
      endTime: startTime + 60_000 + index * 777,
    });
    runIds.push(info.runId);
  }
  const place = (await store.getRun(runIds[0] ?? "")).info.artifactUri;
  await artifacts.open(place).write("reports/residuals-by-vineyard.csv", "vineyard,residual\nnorth,0.25\n");

  const sensorExperiment = await store.createExperiment("press house");
  const sensorRun = await create(sensorExperiment, "a night of pressing", begin);
  const keys = Array.from({ length: SENSORS }, (_, index) => `pressure_of_valve_${index}`);
  await store.logBatch(sensorRun.info.runId, {
    metrics: keys.map((key, at) => seriesOf(key, begin, 6, (step) => 2 + Math.sin(step + at))),
  });

  const gone = await store.createExperiment("bottle shapes");
  const goneRun = await create(gone, "round shoulders", begin);
  await store.updateRun(goneRun.info.runId, { status: "FINISHED", endTime: begin + 1000 });
  await store.deleteExperiment(gone);
  const deletedRun = await create(experimentId, "spoilt by a cork", begin);
  await store.updateRun(deletedRun.info.runId, { status: "FINISHED", endTime: begin + 1000 });
  await store.deleteRun(deletedRun.info.runId);

  const { modelId } = await store.createLoggedModel({
    experimentId,
    name: "boosted trees of the northern slopes",
    sourceRunId: runIds[0],
    modelType: "ml-gradient-boosting",
    params: Object.entries(paramsOf(0)).map(([key, value]) => ({ key, value })),
  });
  await store.logOutputs(runIds[0] ?? "", [{ modelId, step: 0 }]);
  await store.finalizeLoggedModel(modelId, "READY");

  const model = "wine-quality-of-the-northern-slopes";
  await registry.createRegisteredModel(model);
  for (const runId of runIds.slice(0, 12)) {
    await registry.createModelVersion(model, { source: `${place}/model-of-the-slopes`, runId });
  }
  await registry.setModelVersionTag(model, 3, { key: "checked", value: "by the cellar master" });
  return {
    experimentId,
    runIds,
    sensors: { experimentId: sensorExperiment, runId: sensorRun.info.runId },
    deleted: { experimentId: gone, runId: deletedRun.info.runId },
    model,
    loggedModelId: modelId,
  };
}

const METRICS = ["loss", "validation_root_mean_squared_error", "mean_absolute_percentage_error_of_the_last_fold", "r2"];

function seriesOf(key: string, begin: number, length: number, valueAt: (step: number) => number) {
  const steps = Array.from({ length }, (_, step) => step);
  return { key, steps, values: steps.map(valueAt), timestamps: steps.map((step) => begin + step * 1000) };
}

function paramsOf(index: number): Readonly<Record<string, string>> {
  return {
    learning_rate: String((0.05 / 7) * (1 + (index % 5))),
    max_depth: String(3 + (index % 6)),
    seed: String(20261126000 + index),
    subsample: String(0.5 + (index % 4) / 9),
    min_child_weight: String(1 + (index % 3)),
    booster: index % 2 ? "dart" : "gbtree",
    data_digest: `${1000 + index}e7${index}`,
    regularization_strength: String(10 ** -(3 + (index % 4)) / 3),
    objective: "reg:squarederror",
  };
}

import { join } from "node:path";
import type { LoggedModel } from "../../../src/core";
import { TrackingClient } from "../../../src/tracking";
import { temporaryFolder } from "../../support/temporary-folder";

/** A client of a store with a registry in it. */
export interface NewRegistry {
  /** The working folder; the store is its `mlruns`. */
  readonly folder: string;
  readonly client: TrackingClient;
  readonly runId: string;
  /** The LoggedModel of the run, in its folder `model`. */
  readonly model: LoggedModel;
}

/** Makes a new store with a run that has logged a model, and the registered model `wine` without versions. */
export async function newRegistry(): Promise<NewRegistry> {
  const folder = temporaryFolder();
  const client = new TrackingClient(join(folder, "mlruns"));
  const { info } = await client.createRun("0", { runName: "first" });
  const { runId } = info;
  await client.logText(runId, "flavors: {}\n", "model/MLmodel");
  const model = await client.createLoggedModel("0", {
    name: "model",
    sourceRunId: runId,
    artifactLocation: `${info.artifactUri}/model`,
    params: { depth: 3 },
  });
  await client.logMetric(runId, "rmse", 0.5, { modelId: model.modelId, timestamp: 1 });
  await client.logOutputs(runId, [{ modelId: model.modelId, step: 0 }]);
  await client.finalizeLoggedModel(model.modelId, "READY");
  await client.createRegisteredModel("wine", { tags: { team: "vision", n: 1 }, description: "red" });
  return { folder, client, runId, model };
}

import type { TrackingClient } from "../../../src/tracking/client";

/** Puts something of everything into a registry, as `fill` of registry.py does. */
export async function fillRegistry(client: TrackingClient): Promise<void> {
  const { info } = await client.createRun("0");
  const { runId } = info;
  await client.logText(runId, "flavors: {}\n", "model/MLmodel");
  const { modelId } = await client.createLoggedModel("0", {
    name: "elsewhere",
    sourceRunId: runId,
    params: { depth: 3 },
  });
  await client.logMetric(runId, "rmse", 0.5, { timestamp: 1, step: 2, modelId });
  await client.finalizeLoggedModel(modelId, "READY");
  await client.setTerminated(runId);
  await client.createRegisteredModel("bare");
  await fillFull(client, modelId, runId);
  await client.registerModel(`models:/${modelId}`, "fluent");
  await client.registerModel(`runs:/${runId}/model`, "fluent", { tags: { from: "run" } });
  await client.copyModelVersion("models:/fluent@latest", "copied");
  await client.createRegisteredModel("to be renamed", { tags: { kept: 1 } });
  await client.createModelVersion("to be renamed", "/m", { tags: { kept: 1 } });
  await client.setRegisteredModelAlias("to be renamed", "kept", 1);
  await client.renameRegisteredModel("to be renamed", "renamed");
  await client.createRegisteredModel("to be deleted");
  await client.deleteRegisteredModel("to be deleted");
}

async function fillFull(client: TrackingClient, modelId: string, runId: string): Promise<void> {
  const full = "full é 'x'";
  await client.createRegisteredModel(full, {
    tags: { team: "a b", "note/x": "long\ntext", é: "" },
    description: "colon: 'quoted'\n\nlast # no",
  });
  await client.createModelVersion(full, `models:/${modelId}`, {
    tags: { "deep/tag": "v", n: 1 },
    description: "first\nversion",
    runLink: "http://runs/1",
  });
  await client.createModelVersion(full, `runs:/${runId}/model`);
  await client.createModelVersion(full, "s3://bucket/m", { runId });
  await client.createModelVersion(full, `models:/${full}/1`);
  await client.createModelVersion(full, "/somewhere/deleted");
  await client.deleteModelVersion(full, 5);
  await client.setRegisteredModelAlias(full, "champion", 1);
  await client.setRegisteredModelAlias(full, "moved", 1);
  await client.setRegisteredModelAlias(full, "moved", 3);
  await client.setRegisteredModelAlias(full, "gone", 2);
  await client.deleteRegisteredModelAlias(full, "gone");
  await client.transitionModelVersionStage(full, 1, "production");
  await client.transitionModelVersionStage(full, 2, "Production", { archiveExistingVersions: true });
  await client.transitionModelVersionStage(full, 3, "Staging");
  await client.updateModelVersion(full, 3, { description: "changed" });
  await client.setModelVersionTag(full, 3, "set", "later");
  await client.deleteRegisteredModelTag(full, "é");
  await client.updateRegisteredModel(full, { description: "described anew" });
}

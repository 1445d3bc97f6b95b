import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TrackingClient } from "../../../src/tracking/client";
import { rejectionOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";

test("models that lie elsewhere are found among their run's artifacts by their names, while they are there", async () => {
  const folder = temporaryFolder();
  const client = new TrackingClient(join(folder, "mlruns"));
  const { runId } = (await client.createRun("0")).info;
  const { modelId } = await client.createLoggedModel("0", { name: "net_0_1", sourceRunId: runId });
  await client.logOutputs(runId, [{ modelId, step: 0 }]);
  writeFileSync(join(folder, "weights.bin"), "w");
  await client.logModelArtifact(modelId, join(folder, "weights.bin"), { artifactPath: "data" });
  const files = async (path: string) => (await client.listArtifacts(runId, { path })).map((file) => file.path);
  // The folder's name may hold what a model's cannot.
  expect(await files("net/0.1")).toEqual(["net/0.1/data"]);
  expect(await files("net_0_1/data")).toEqual(["net_0_1/data/weights.bin"]);
  expect(await files("net")).toEqual([]);
  const path = await client.downloadArtifacts(runId, "net/0.1/data", { dstPath: join(folder, "out") });
  expect(path).toBe(join(folder, "out/net/0.1/data"));
  expect(readFileSync(join(path, "weights.bin"), "utf8")).toBe("w");
  const inPlace = await client.downloadArtifacts(runId, "net_0_1");
  expect(readFileSync(join(inPlace, "data/weights.bin"), "utf8")).toBe("w");
  await client.deleteLoggedModel(modelId);
  expect(await files("net_0_1")).toEqual([]);
  expect((await rejectionOf(client.downloadArtifacts(runId, "net_0_1"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
});

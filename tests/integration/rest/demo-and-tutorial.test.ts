import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { loadModel, setTrackingUri, TrackingClient } from "../../../src";
import { openAnyArtifacts } from "../../../src/artifacts";
import { freePort } from "../../../scripts/free-port";
import { createInstalledFolder, LIBRARIES, PACKAGE } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";
import { pythonServer } from "../../support/python-server";
import { runNode } from "../../support/run-node";
import { startProgram } from "../../support/started-program";
import { describeTutorial } from "../../tutorial/followed-tutorial";

interface Server {
  readonly uri: string;
}

/** Our server, by its command and defaults, for the tests of a group. */
function ourServer(): Server {
  const server = { uri: "" };
  let end = async () => {};
  const folder = mkdtempSync(join(tmpdir(), "trackbook-server-"));
  beforeAll(async () => {
    const store = ["--backend-store-uri", "sqlite:///mlflow.db"];
    const keep = (stop: () => Promise<void>) => (end = stop);
    const { url } = await startProgram(folder, ["server", "--port", "0", ...store], { keep });
    server.uri = url;
  });
  afterAll(async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  });
  return server;
}

function describeOn(name: string, server: Server): void {
  describe(`the demo on ${name}`, () => {
    let folder: string;
    beforeAll(() => {
      folder = createInstalledFolder(...LIBRARIES);
    });
    afterEach(() => setTrackingUri(""));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test("records every training with its model, which can be loaded by its run", async () => {
      const where = mkdtempSync(join(folder, "demo-"));
      const ended = await runNode(process.execPath, [join(PACKAGE, "dist/cli/index.js"), "demo"], where, {
        MLFLOW_TRACKING_URI: server.uri,
        TRACKBOOK_TESTING: "1",
        TRACKBOOK_CONNECT_TIMEOUT: "20000",
      });
      expect(ended.code, ended.stderr).toBe(0);
      expect(ended.stdout).toContain(`The runs are in ${server.uri}.`);
      const client = new TrackingClient(server.uri);
      const experiment = await client.getExperimentByName("demo");
      const runs = await client.searchRuns([experiment?.experimentId ?? ""], {
        orderBy: ["attributes.start_time ASC"],
      });
      expect(runs.length).toBeGreaterThanOrEqual(5);
      for (const run of runs) {
        expect(run.info.status).toBe("FINISHED");
        expect(run.outputs.modelOutputs).toHaveLength(1);
        const model = await client.getLoggedModel(run.outputs.modelOutputs[0]?.modelId ?? "");
        expect(model).toMatchObject({ status: "READY", name: "model", sourceRunId: run.info.runId });
        // What was written before the server had given it an id says the server's ids.
        const artifacts = openAnyArtifacts(model.artifactLocation, { trackingUri: server.uri });
        const description = Buffer.from(await artifacts.read("MLmodel")).toString("utf8");
        expect(description).toContain(`run_id: ${run.info.runId}`);
        expect(description).toContain(`model_id: ${model.modelId}`);
        expect(description).toContain(`artifact_path: ${model.artifactLocation}`);
      }
      setTrackingUri(server.uri);
      const byWeight = runs.find(({ info }) => info.runName === "miles by weight");
      const model = await loadModel(`runs:/${byWeight?.info.runId}/model`);
      expect(await model.predict([3000])).toHaveLength(1);
    });
  });

  let port = 0;
  beforeAll(async () => {
    port = await freePort();
  });
  describeTutorial(`the tutorial on ${name}`, () => ({ uri: server.uri, port }));
}

describeWithParts(["python"], "a server of Python's", ({ python: { python } }) => {
  describeOn("Python's server", pythonServer(python));
});

describe("a server of ours", () => {
  describeOn("our server", ourServer());
});

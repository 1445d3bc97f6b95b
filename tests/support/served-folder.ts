import { mkdirSync } from "node:fs";
import { openAnyTrackingStore, openRegistryStore } from "../../src/stores";
import type { Backend } from "../../src/server/tracking";
import { createTrackingApp, type TrackingOptions } from "../../src/server/tracking";
import { ServedArtifacts } from "../../src/server/tracking/artifacts";
import { Histories } from "../../src/server/tracking/histories";
import { PointGroups } from "../../src/server/tracking/point-groups";
import { temporaryFolder } from "./temporary-folder";

/** What a store in a folder is. */
export type StoreKind = "files" | "SQLite";

/** A server in this process, on an empty store in a folder of its own. */
export function serveFolder(
  folder: string = temporaryFolder(),
  options: Partial<TrackingOptions> = {},
  kind: StoreKind = "files",
  artifacts: ServedArtifacts = new ServedArtifacts({
    destination: `${folder}/artifacts`,
    places: [`${folder}/store`],
  }),
) {
  mkdirSync(`${folder}/store`, { recursive: true });
  const uri = kind === "files" ? `${folder}/store` : `sqlite:///${folder}/store/mlflow.db`;
  const store = openAnyTrackingStore(uri, { artifactRoot: "mlflow-artifacts:/" });
  const backend: Backend = {
    store,
    points: new PointGroups(store),
    histories: new Histories(store),
    registry: openRegistryStore(uri),
    artifacts,
  };
  const app = createTrackingApp(backend, { version: "0", ...options });
  const ask = async (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
    app.fetch(
      new Request(`http://localhost${path}`, {
        method,
        headers: { "content-type": "application/json", ...headers },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
  return { folder, backend, app, ask };
}

/** A server with a run, a LoggedModel and a registered model with a version, and what names them. */
export async function serveFilled(folder?: string, options: Partial<TrackingOptions> = {}, kind?: StoreKind) {
  const server = serveFolder(folder, options, kind);
  const { store, registry } = server.backend;
  const experimentId = await store.createExperiment("wine");
  const run = await store.createRun({ experimentId, runName: "first", userId: "me", startTime: 1, tags: [] });
  const { runId } = run.info;
  const series = { key: "loss", values: [3, 2, 1], timestamps: [1, 2, 3], steps: [0, 1, 2] };
  await store.logBatch(runId, { metrics: [series], params: [{ key: "lr", value: "0.1" }] });
  const { modelId } = await store.createLoggedModel({ experimentId, name: "model", sourceRunId: runId });
  await registry.createRegisteredModel("wine");
  await registry.createModelVersion("wine", { source: `models:/${modelId}`, runId, modelId });
  await server.backend.artifacts.open(run.info.artifactUri).write("notes/a.txt", "hello");
  return { ...server, experimentId, runId, modelId };
}

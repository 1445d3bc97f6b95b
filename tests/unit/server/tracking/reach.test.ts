import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createTrackingApp, openBackend } from "../../../../src/server/tracking";
import { ServedArtifacts } from "../../../../src/server/tracking/artifacts";
import { serveFolder } from "../../../support/served-folder";
import { temporaryFolder } from "../../../support/temporary-folder";

const API = "/api/2.0/mlflow";
const PROMPT = [{ key: "mlflow.prompt.is_prompt", value: "true" }];

test("a prompt names no place to fetch files from, as a prompt of MLflow's clients", async () => {
  const { ask, folder } = serveFolder();
  writeFileSync(`${folder}/.env`, "SECRET=1");
  await ask("POST", `${API}/registered-models/create`, { name: "p", tags: PROMPT });
  const create = (source: string) => ask("POST", `${API}/model-versions/create`, { name: "p", source, tags: PROMPT });
  for (const source of [folder, `file://${folder}`, ".", "store", "mlflow-artifacts:/", "s3://bucket/x"]) {
    const response = await create(source);
    expect(response.status, source).toBe(400);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining("Invalid prompt source") });
  }
  for (const source of ["dummy-source", "prompt-template"]) expect((await create(source)).status).toBe(200);
});

test("beside an SQLite file only mlruns is a place of artifacts", async () => {
  const folder = temporaryFolder();
  mkdirSync(`${folder}/mlruns`);
  const backend = openBackend({ storeUri: `sqlite:///${folder}/mlflow.db`, artifactsDestination: `${folder}/kept` });
  expect(() => backend.artifacts.open(folder)).toThrow("does not touch artifacts");
  expect(() => backend.artifacts.open(`${folder}/mlruns2`)).toThrow("does not touch artifacts");
  expect(backend.artifacts.open(`${folder}/mlruns/1`).uri).toContain("mlruns");
  const app = createTrackingApp(backend, { version: "0" });
  const response = await app.fetch(
    new Request(`http://localhost${API}/experiments/create`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "x", artifact_location: folder }),
    }),
  );
  expect(response.status).toBe(400);
});

test("of S3 the server reads what it was told to, and no more that its identity could", () => {
  const artifacts = new ServedArtifacts({ destination: "s3://kept/here/", places: ["S3://shared", "/nowhere"] });
  for (const uri of ["s3://kept/here", "s3://kept/here/1/artifacts", "s3://shared/1/2"])
    expect(artifacts.open(uri).uri).toBe(uri);
  for (const uri of [
    "s3://kept",
    "s3://kept/hereby",
    "s3://kept/here/../other",
    "s3://kept/here/%2e%2e/other",
    "s3://other/x",
    "s3://Shared/x",
    "s3:///nowhere",
    "s3:x",
  ])
    expect(() => artifacts.open(uri), uri).toThrow(/does not touch artifacts|Invalid artifact location/);
});

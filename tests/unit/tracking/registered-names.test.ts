import { join } from "node:path";
import { expect, test } from "vitest";
import { quoted } from "../../../src/search";
import { TrackingClient } from "../../../src/tracking";
import { migrate } from "../../../src/tracking/migration";
import { serveFolder } from "../../support/served-folder";
import { temporaryFolder } from "../../support/temporary-folder";

/** What MLflow takes in databases, and refuses in folders. */
const NAMES = ["50% off", "a\\b", "%", "%2e%2e", "it's 100%\\"];

test.each(NAMES)("a database keeps, finds and gives back a model of the name %s", async (name) => {
  const folder = temporaryFolder();
  const client = new TrackingClient(`sqlite:///${join(folder, "a.db")}`);
  await client.createRegisteredModel("another");
  await client.createRegisteredModel(name);
  await client.createModelVersion(name, "s3://bucket/model");
  await client.setRegisteredModelAlias(name, "champion", 1);
  await client.setModelVersionTag(name, 1, "team", "a");
  const namesFound = async (filter: string) => (await client.searchRegisteredModels({ filter })).map((one) => one.name);
  expect(await namesFound(`name = ${quoted(name)}`)).toEqual([name]);
  expect((await client.searchModelVersions({ filter: `name = ${quoted(name)}` })).map((one) => one.name)).toEqual([
    name,
  ]);
  expect(await client.getModelVersionByAlias(name, "champion")).toMatchObject({
    name,
    version: 1,
    tags: { team: "a" },
  });
  expect(await client.copyModelVersion(`models:/${name}/1`, "copy")).toMatchObject({ name: "copy" });
  await client.renameRegisteredModel("another", `${name} too`);
  expect(await client.getRegisteredModel(`${name} too`)).toMatchObject({ name: `${name} too` });

  const target = `sqlite:///${join(folder, "b.db")}`;
  const tally = await migrate({ source: client.trackingUri, target });
  expect(tally.target).toEqual(tally.source);
  expect(await new TrackingClient(target).getModelVersion(name, 1)).toMatchObject({ aliases: ["champion"] });
});

test("so does a server on one; on a folder it says that only databases do", async () => {
  const { ask } = serveFolder(undefined, {}, "SQLite");
  const body = { name: "50% off" };
  expect((await ask("POST", "/api/2.0/mlflow/registered-models/create", body)).status).toBe(200);
  const found = await ask("GET", `/api/2.0/mlflow/registered-models/get?name=${encodeURIComponent(body.name)}`);
  expect(await found.json()).toMatchObject({ registered_model: body });
  const page = await ask("GET", `/models/${encodeURIComponent(body.name)}`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("50% off")]);

  const onFolder = await serveFolder().ask("POST", "/api/2.0/mlflow/registered-models/create", body);
  expect([onFolder.status, await onFolder.text()]).toEqual([400, expect.stringContaining("which only databases keep")]);
});

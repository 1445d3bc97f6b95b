import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileRegistry, openRegistryStore } from "../../../src/stores";
import { errorOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";

describe("openRegistryStore", () => {
  test("gives one registry for one place", () => {
    const folder = temporaryFolder();
    expect(openRegistryStore(folder)).toBe(openRegistryStore(`${folder}/x/..`));
    expect(openRegistryStore(`${folder}/a b`).uri).toBe(`file://${folder}/a%20b`);
  });

  test("refuses what it has no registry for", () => {
    for (const uri of ["http://localhost:5000", "sqlite:///x.db", "databricks-uc://", ""])
      expect(errorOf(() => openRegistryStore(uri))).toMatchObject({ code: "INVALID_PARAMETER_VALUE", received: uri });
  });
});

test("a version is found by number, by alias and as the latest", () => {
  const registry = fileRegistry({ root: join(temporaryFolder(), "mlruns") });
  registry.createRegisteredModel("wine", { description: "red" });
  registry.createModelVersion("wine", { source: "models:/m-1", storageLocation: "/there", modelId: "m-1" });
  registry.createModelVersion("wine", { source: "/here" });
  registry.setRegisteredModelAlias("wine", "champion", 1);
  expect(registry.getModelVersion("wine", 1)).toMatchObject({ version: 1, aliases: ["champion"], modelId: "m-1" });
  expect(registry.getModelVersionByAlias("wine", "champion").version).toBe(1);
  expect(registry.getModelVersionByAlias("wine", "latest").version).toBe(2);
  expect(registry.getModelVersionDownloadUri("wine", 1)).toBe("/there");
  expect(registry.getModelVersionDownloadUri("wine", 2)).toBe("/here");
  expect(registry.getLatestVersions("wine").map(({ version }) => version)).toEqual([2]);
  expect(registry.searchModelVersions({ filter: "name = 'wine'" }).items).toHaveLength(2);
  expect(registry.searchRegisteredModels({}).items).toEqual([registry.getRegisteredModel("wine")]);
});

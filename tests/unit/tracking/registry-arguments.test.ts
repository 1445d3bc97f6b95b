import { beforeEach, describe, expect, test } from "vitest";
import type { LoggedModel } from "../../../src/core";
import { setRegistryUri, type TrackingClient } from "../../../src/tracking";
import { errorOf, rejectionOf } from "../../support/error-of";
import { newRegistry } from "./new-registry";

let client: TrackingClient;
let model: LoggedModel;
beforeEach(async () => {
  ({ client, model } = await newRegistry());
});

/** What a caller without types might pass. */
const anything = (value: unknown) => value as never;
const invalid = async (promise: Promise<unknown>) => {
  const error = await rejectionOf(promise);
  expect(error).toMatchObject({ name: "InvalidInputError", code: "INVALID_PARAMETER_VALUE" });
  expect(error.accepted).toBeTruthy();
  return error;
};

test.each(["50% off", "a\\b"])("a name that a folder cannot hold for Python is refused by it: %s", async (name) => {
  const error = await invalid(client.createRegisteredModel(name));
  expect(error.accepted).toContain("which only databases keep");
  await invalid(client.renameRegisteredModel("wine", name));
  expect((await rejectionOf(client.getRegisteredModel(name))).code).toBe("RESOURCE_DOES_NOT_EXIST");
});

describe("wrong arguments are refused before anything is written:", () => {
  const names = ["", "  ", "a/b", "a:b", ".", "..", "x".repeat(257), "a\0b", undefined, null, 7, {}];
  const uses: readonly (readonly [string, (name: never) => Promise<unknown>])[] = [
    ["createRegisteredModel", (name) => client.createRegisteredModel(name)],
    ["renameRegisteredModel", (name) => client.renameRegisteredModel("wine", name)],
    ["renameRegisteredModel of it", (name) => client.renameRegisteredModel(name, "x")],
    ["updateRegisteredModel", (name) => client.updateRegisteredModel(name)],
    ["deleteRegisteredModel", (name) => client.deleteRegisteredModel(name)],
    ["getRegisteredModel", (name) => client.getRegisteredModel(name)],
    ["getLatestVersions", (name) => client.getLatestVersions(name)],
    ["setRegisteredModelTag", (name) => client.setRegisteredModelTag(name, "a", "b")],
    ["deleteRegisteredModelTag", (name) => client.deleteRegisteredModelTag(name, "a")],
    ["setRegisteredModelAlias", (name) => client.setRegisteredModelAlias(name, "a", 1)],
    ["deleteRegisteredModelAlias", (name) => client.deleteRegisteredModelAlias(name, "a")],
    ["getModelVersionByAlias", (name) => client.getModelVersionByAlias(name, "a")],
    ["createModelVersion", (name) => client.createModelVersion(name, "/m")],
    ["copyModelVersion", (name) => client.copyModelVersion("models:/wine/1", name)],
    ["updateModelVersion", (name) => client.updateModelVersion(name, 1)],
    ["transitionModelVersionStage", (name) => client.transitionModelVersionStage(name, 1, "None")],
    ["deleteModelVersion", (name) => client.deleteModelVersion(name, 1)],
    ["getModelVersion", (name) => client.getModelVersion(name, 1)],
    ["getModelVersionDownloadUri", (name) => client.getModelVersionDownloadUri(name, 1)],
    ["setModelVersionTag", (name) => client.setModelVersionTag(name, 1, "a", "b")],
    ["deleteModelVersionTag", (name) => client.deleteModelVersionTag(name, 1, "a")],
    ["registerModel", (name) => client.registerModel(`models:/${model.modelId}`, name)],
  ];
  test.each(uses)("a name, by %s", async (_, use) => {
    for (const name of names) expect((await invalid(use(anything(name)))).received).toBe(name);
    expect((await client.searchRegisteredModels()).map(({ name }) => name)).toEqual(["wine"]);
  });

  test("a URI where a name is meant, which the error says", async () => {
    expect((await invalid(client.getRegisteredModel("models:/wine/1"))).hint).toContain("the name alone");
  });

  test("a version", async () => {
    for (const version of [0, -1, 1.5, Number.NaN, "", "one", "1.0", "-1", null, undefined, {}, 2 ** 53])
      for (const use of [
        () => client.getModelVersion("wine", anything(version)),
        () => client.setRegisteredModelAlias("wine", "a", anything(version)),
        () => client.deleteModelVersion("wine", anything(version)),
        () => client.setModelVersionTag("wine", anything(version), "a", "b"),
        () => client.transitionModelVersionStage("wine", anything(version), "None"),
      ])
        await invalid(use());
    expect((await invalid(client.getModelVersion("wine", "champion"))).hint).toContain("getModelVersionByAlias");
  });

  test("an alias", async () => {
    const set = (alias: unknown) => client.setRegisteredModelAlias("wine", anything(alias), 1);
    for (const alias of [
      "",
      "a b",
      "a/b",
      "../x",
      "a.b",
      "a@b",
      "x".repeat(256),
      "latest",
      "LATEST",
      "v1",
      "V22",
      null,
    ])
      await invalid(set(alias));
    await client.createModelVersion("wine", "/m");
    for (const alias of ["a", "größe_1-b", "v1x", "version1", "x".repeat(200)]) await set(alias);
    expect((await client.getModelVersion("wine", 1)).aliases).toHaveLength(5);
    for (const alias of ["", "a/b", undefined]) {
      await invalid(client.getModelVersionByAlias("wine", anything(alias)));
      await invalid(client.deleteRegisteredModelAlias("wine", anything(alias)));
    }
    expect((await invalid(client.getModelVersionByAlias("wine", "größe_1-c"))).hint).toContain("größe_1-b");
  });

  test("a stage", async () => {
    const move = (stage: unknown, options = {}) =>
      client.transitionModelVersionStage("wine", 1, anything(stage), options);
    expect((await invalid(move("Prodution"))).hint).toContain("Production");
    for (const stage of ["", "Deleted_Internal", null, 1]) await invalid(move(stage));
    for (const stage of ["None", "archived"]) await invalid(move(stage, { archiveExistingVersions: true }));
    await invalid(move("Staging", { archiveExistingVersions: "yes" }));
    await invalid(client.getLatestVersions("wine", { stages: ["Stagging"] }));
    await invalid(client.getLatestVersions("wine", { stages: anything("Staging") }));
  });

  test("a tag", async () => {
    await client.createModelVersion("wine", "/m");
    const long = "x".repeat(100_001);
    for (const [key, value] of [
      ["", 1],
      ["../x", 1],
      ["a//b", 1],
      ["k".repeat(251), 1],
      ["a", long],
      ["a", Symbol("s")],
    ] as const) {
      await invalid(client.setRegisteredModelTag("wine", key, value));
      await invalid(client.setModelVersionTag("wine", 1, key, value));
      await invalid(client.createRegisteredModel("other", { tags: { [key]: value } }));
      await invalid(client.createModelVersion("wine", "/m", { tags: { fine: 1, [key]: value } }));
      await invalid(client.registerModel(`models:/${model.modelId}`, "other", { tags: { [key]: value } }));
    }
    await invalid(client.deleteRegisteredModelTag("wine", "../meta.yaml"));
    await invalid(client.deleteModelVersionTag("wine", 1, "../meta.yaml"));
    expect((await client.searchModelVersions()).map(({ tags }) => tags)).toEqual([{}]);
  });

  test("a prompt in the place of a model", async () => {
    const tags = { "mlflow.prompt.is_prompt": "true" };
    await invalid(client.createRegisteredModel("p", { tags }));
    await invalid(client.createModelVersion("wine", "/m", { tags }));
  });

  test("an option, naming the nearest", async () => {
    const nearest = async (promise: Promise<unknown>) => (await invalid(promise)).hint;
    expect(await nearest(client.createRegisteredModel("x", anything({ tag: {} })))).toBe('did you mean "tags"?');
    expect(await nearest(client.createModelVersion("wine", "/m", anything({ runid: "r" })))).toContain("runId");
    expect(await nearest(client.searchModelVersions(anything({ filters: "" })))).toContain("filter");
    expect(await nearest(client.registerModel("/m", "x", anything({ descripton: "" })))).toContain("description");
    await invalid(client.searchRegisteredModels(anything({ viewType: "ALL" })));
    await invalid(client.updateRegisteredModel("wine", anything({ description: 7 })));
    await invalid(client.updateModelVersion("wine", 1, anything("new")));
    await invalid(client.createModelVersion("wine", anything(7)));
    await invalid(client.createModelVersion("wine", "/m", { runId: "" }));
    await invalid(client.copyModelVersion(`models:/${model.modelId}`, "x"));
    await invalid(client.copyModelVersion("/m", "x"));
  });

  test("a registry that trackbook does not have", () => {
    for (const uri of ["ftp://localhost", "databricks-uc", 7])
      expect(errorOf(() => setRegistryUri(anything(uri))).code).toBe("INVALID_PARAMETER_VALUE");
  });
});

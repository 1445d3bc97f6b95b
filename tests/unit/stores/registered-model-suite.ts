import { beforeEach, describe, expect, test } from "vitest";
import type { ModelVersion, TrackbookError } from "../../../src/core";
import type { AnyRegistryStore, NewModelVersion } from "../../../src/stores";
import { rejectionOf } from "../../support/error-of";
import type { RegistryPlace } from "./registry-suite";

/** What every model registry does with registered models. */
export function describeRegisteredModels({ open, openAgain }: RegistryPlace): void {
  describe("registered models", () => {
    let registry: AnyRegistryStore;
    beforeEach(async () => {
      registry = await open();
    });
    const addVersion = async (model: string, options: Partial<NewModelVersion> = {}): Promise<ModelVersion> =>
      registry.createModelVersion(model, { source: "/models/a", ...options });
    const refused = (act: () => unknown): Promise<TrackbookError> => rejectionOf((async () => act())());

    test("are found by name, with their tags and description", async () => {
      const tags = [
        { key: "team", value: "vision" },
        { key: "note/x", value: "a\nb" },
      ];
      const made = await registry.createRegisteredModel("wine é (1)", { description: "the 'red' one\n", tags });
      expect(made).toMatchObject({
        name: "wine é (1)",
        description: "the 'red' one\n",
        tags: { team: "vision", "note/x": "a\nb" },
        aliases: {},
        latestVersions: [],
      });
      expect(made.creationTimestamp).toBe(made.lastUpdatedTimestamp);
      expect(made.creationTimestamp).toBeGreaterThan(1_700_000_000_000);
      expect(await registry.getRegisteredModel("wine é (1)")).toEqual(made);
      expect(await (await openAgain(registry)).getRegisteredModel("wine é (1)")).toEqual(made);
    });

    test("need neither tags nor a description", async () => {
      const { description, tags } = await registry.createRegisteredModel("plain");
      expect([description, tags]).toEqual([undefined, {}]);
    });

    test("have names of their own", async () => {
      await registry.createRegisteredModel("wine", { description: "first" });
      expect((await refused(() => registry.createRegisteredModel("wine"))).code).toBe("RESOURCE_ALREADY_EXISTS");
      expect((await registry.getRegisteredModel("wine")).description).toBe("first");
    });

    test("that do not exist are an error, which names the nearest", async () => {
      await registry.createRegisteredModel("wine-quality");
      for (const act of [
        () => registry.getRegisteredModel("wine-qualty"),
        () => registry.updateRegisteredModel("wine-qualty", { description: "x" }),
        () => registry.renameRegisteredModel("wine-qualty", "other"),
        () => registry.deleteRegisteredModel("wine-qualty"),
        () => registry.setRegisteredModelTag("wine-qualty", { key: "a", value: "b" }),
        () => registry.deleteRegisteredModelTag("wine-qualty", "a"),
        () => registry.setRegisteredModelAlias("wine-qualty", "champion", 1),
        () => registry.deleteRegisteredModelAlias("wine-qualty", "champion"),
        () => registry.getLatestVersions("wine-qualty"),
        () => registry.createModelVersion("wine-qualty", { source: "/models/a" }),
        () => registry.getModelVersion("wine-qualty", 1),
        () => registry.getModelVersionByAlias("wine-qualty", "latest"),
        () => registry.getModelVersionByAlias("wine-qualty", "champion"),
        () => registry.getModelVersionDownloadUri("wine-qualty", 1),
        () => registry.updateModelVersion("wine-qualty", 1, {}),
        () => registry.transitionModelVersionStage("wine-qualty", 1, "Staging"),
        () => registry.deleteModelVersion("wine-qualty", 1),
        () => registry.setModelVersionTag("wine-qualty", 1, { key: "a", value: "b" }),
        () => registry.deleteModelVersionTag("wine-qualty", 1, "a"),
      ])
        expect(await refused(act)).toMatchObject({
          code: "RESOURCE_DOES_NOT_EXIST",
          received: "wine-qualty",
          hint: expect.stringContaining("wine-quality") as string,
        });
      const { items } = await registry.searchRegisteredModels({});
      expect(items.map((model) => model.name)).toEqual(["wine-quality"]);
    });

    test("are described anew, or no more", async () => {
      const made = await registry.createRegisteredModel("wine", { description: "old" });
      const changed = await registry.updateRegisteredModel("wine", { description: "new" });
      expect(changed).toMatchObject({ description: "new", creationTimestamp: made.creationTimestamp });
      expect(changed.lastUpdatedTimestamp).toBeGreaterThanOrEqual(made.lastUpdatedTimestamp);
      const bare = await registry.updateRegisteredModel("wine", {});
      expect(bare.description).toBeUndefined();
      expect(await registry.getRegisteredModel("wine")).toEqual(bare);
    });

    test("have tags that are set, replaced and removed", async () => {
      await registry.createRegisteredModel("wine", { tags: [{ key: "a", value: "1" }] });
      await registry.setRegisteredModelTag("wine", { key: "a", value: "2" });
      await registry.setRegisteredModelTag("wine", { key: "b/c", value: "" });
      expect((await registry.getRegisteredModel("wine")).tags).toEqual({ a: "2", "b/c": "" });
      await registry.deleteRegisteredModelTag("wine", "a");
      await registry.deleteRegisteredModelTag("wine", "never there");
      expect((await registry.getRegisteredModel("wine")).tags).toEqual({ "b/c": "" });
    });

    test("are renamed with all that they have", async () => {
      await registry.createRegisteredModel("wine", { description: "d", tags: [{ key: "team", value: "vision" }] });
      await addVersion("wine", { tags: [{ key: "t", value: "1" }], description: "first", runId: "r1" });
      await addVersion("wine");
      await addVersion("wine");
      await registry.deleteModelVersion("wine", 3);
      await registry.setRegisteredModelAlias("wine", "champion", 1);
      const before = await registry.getRegisteredModel("wine");
      const renamed = await registry.renameRegisteredModel("wine", "red wine");
      expect(renamed).toMatchObject({
        name: "red wine",
        description: "d",
        tags: { team: "vision" },
        aliases: { champion: 1 },
        creationTimestamp: before.creationTimestamp,
      });
      expect(await registry.getRegisteredModel("red wine")).toEqual(renamed);
      expect(await registry.getModelVersion("red wine", 1)).toMatchObject({
        name: "red wine",
        tags: { t: "1" },
        description: "first",
        runId: "r1",
        aliases: ["champion"],
      });
      expect((await refused(() => registry.getRegisteredModel("wine"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
      expect((await refused(() => registry.getModelVersion("red wine", 3))).code).toBe("RESOURCE_DOES_NOT_EXIST");
      expect((await addVersion("red wine")).version).toBe(4);
      await registry.createRegisteredModel("wine");
      const collision = await refused(() => registry.renameRegisteredModel("wine", "red wine"));
      expect(collision).toMatchObject({ code: "RESOURCE_ALREADY_EXISTS", received: "red wine" });
    });

    test("are deleted for good, and the name begins anew", async () => {
      await registry.createRegisteredModel("wine", { tags: [{ key: "a", value: "b" }] });
      await addVersion("wine");
      await registry.deleteRegisteredModel("wine");
      expect((await refused(() => registry.getRegisteredModel("wine"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
      expect((await refused(() => registry.deleteRegisteredModel("wine"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
      expect((await registry.searchModelVersions({})).items).toEqual([]);
      expect((await registry.createRegisteredModel("wine")).tags).toEqual({});
      expect((await addVersion("wine")).version).toBe(1);
    });

    test("may be called what JavaScript's objects have", async () => {
      for (const model of ["__proto__", "constructor"]) {
        await registry.createRegisteredModel(model, { tags: [{ key: "__proto__", value: "1" }] });
        await addVersion(model, { tags: [{ key: "constructor", value: "2" }] });
        await registry.setRegisteredModelAlias(model, "__proto__", 1);
        const { tags, aliases } = await registry.getRegisteredModel(model);
        expect([Object.entries(tags), Object.entries(aliases)]).toEqual([[["__proto__", "1"]], [["__proto__", 1]]]);
        expect((await registry.getModelVersionByAlias(model, "__proto__")).tags).toEqual({ constructor: "2" });
        expect((await refused(() => registry.getModelVersionByAlias(model, "constructor"))).code).toBe(
          "INVALID_PARAMETER_VALUE",
        );
      }
    });
  });
}

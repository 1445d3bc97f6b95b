import { beforeEach, describe, expect, test } from "vitest";
import type { ModelVersion, TrackbookError } from "../../../src/core";
import type { AnyRegistryStore, NewModelVersion } from "../../../src/stores";
import { rejectionOf } from "../../support/error-of";
import type { RegistryPlace } from "./registry-suite";

/** What every model registry does with the versions of a registered model. */
export function describeModelVersions({ open, openAgain, longestTag = 100_000 }: RegistryPlace): void {
  describe("model versions", () => {
    let registry: AnyRegistryStore;
    beforeEach(async () => {
      registry = await open();
      await registry.createRegisteredModel("wine");
    });
    const addVersion = async (model: string, options: Partial<NewModelVersion> = {}): Promise<ModelVersion> =>
      registry.createModelVersion(model, { source: "/models/a", ...options });
    const refused = (act: () => unknown): Promise<TrackbookError> => rejectionOf((async () => act())());

    test("are numbered from 1 and know what they were given", async () => {
      const made = await addVersion("wine", {
        source: "models:/m-1",
        storageLocation: "/artifacts/model",
        runId: "run1",
        runLink: "http://run/1",
        description: "é\n'first'",
        modelId: "m-1",
        tags: [{ key: "deep/key", value: "v\n" }],
      });
      expect(made).toMatchObject({
        name: "wine",
        version: 1,
        currentStage: "None",
        status: "READY",
        source: "models:/m-1",
        runId: "run1",
        runLink: "http://run/1",
        description: "é\n'first'",
        modelId: "m-1",
        tags: { "deep/key": "v\n" },
        aliases: [],
      });
      expect(made.creationTimestamp).toBe(made.lastUpdatedTimestamp);
      expect(await registry.getModelVersion("wine", 1)).toEqual(made);
      expect(await (await openAgain(registry)).getModelVersion("wine", 1)).toEqual(made);
      const second = await addVersion("wine");
      expect(second.version).toBe(2);
      expect([second.runId, second.runLink, second.description, second.tags]).toEqual([
        undefined,
        undefined,
        undefined,
        {},
      ]);
      const model = await registry.getRegisteredModel("wine");
      expect(model.latestVersions).toEqual([second]);
      expect(model.lastUpdatedTimestamp).toBeGreaterThanOrEqual(second.creationTimestamp);
    });

    test("are downloaded from where their files are", async () => {
      await addVersion("wine", { source: "models:/m-1", storageLocation: "/artifacts/model" });
      await addVersion("wine", { source: "s3://bucket/model" });
      expect(await registry.getModelVersionDownloadUri("wine", 1)).toBe("/artifacts/model");
      expect(await registry.getModelVersionDownloadUri("wine", 2)).toBe("s3://bucket/model");
    });

    test("that do not exist are an error", async () => {
      await addVersion("wine");
      for (const version of [2, 0, -1, 10 ** 12])
        for (const act of [
          () => registry.getModelVersion("wine", version),
          () => registry.getModelVersionDownloadUri("wine", version),
          () => registry.updateModelVersion("wine", version, { description: "x" }),
          () => registry.transitionModelVersionStage("wine", version, "Staging"),
          () => registry.deleteModelVersion("wine", version),
          () => registry.setModelVersionTag("wine", version, { key: "a", value: "b" }),
          () => registry.deleteModelVersionTag("wine", version, "a"),
          () => registry.setRegisteredModelAlias("wine", "champion", version),
        ])
          expect(await refused(act)).toMatchObject({ code: "RESOURCE_DOES_NOT_EXIST", received: version });
      expect((await registry.getRegisteredModel("wine")).aliases).toEqual({});
    });

    test("are described anew, or no more", async () => {
      const made = await addVersion("wine", { description: "old" });
      const changed = await registry.updateModelVersion("wine", 1, { description: "new" });
      expect(changed).toMatchObject({ description: "new", creationTimestamp: made.creationTimestamp });
      expect(changed.lastUpdatedTimestamp).toBeGreaterThanOrEqual(made.lastUpdatedTimestamp);
      expect(await registry.getModelVersion("wine", 1)).toEqual(changed);
      expect((await registry.updateModelVersion("wine", 1, {})).description).toBeUndefined();
    });

    test("have tags that are set, replaced and removed", async () => {
      await addVersion("wine", { tags: [{ key: "a", value: "1" }] });
      await registry.setModelVersionTag("wine", 1, { key: "a", value: "2" });
      await registry.setModelVersionTag("wine", 1, { key: "b", value: "x".repeat(longestTag) });
      expect((await registry.getModelVersion("wine", 1)).tags).toEqual({ a: "2", b: "x".repeat(longestTag) });
      await registry.deleteModelVersionTag("wine", 1, "b");
      await registry.deleteModelVersionTag("wine", 1, "never there");
      expect((await registry.getModelVersion("wine", 1)).tags).toEqual({ a: "2" });
    });

    test("are deleted with their aliases, and their number is not given again", async () => {
      await addVersion("wine");
      await addVersion("wine");
      for (const [alias, version] of [
        ["champion", 2],
        ["best", 2],
        ["first", 1],
      ] as const)
        await registry.setRegisteredModelAlias("wine", alias, version);
      await registry.deleteModelVersion("wine", 2);
      for (const act of [
        () => registry.getModelVersion("wine", 2),
        () => registry.deleteModelVersion("wine", 2),
        () => registry.getModelVersionDownloadUri("wine", 2),
        () => registry.setRegisteredModelAlias("wine", "again", 2),
      ])
        expect((await refused(act)).code).toBe("RESOURCE_DOES_NOT_EXIST");
      expect((await refused(() => registry.getModelVersionByAlias("wine", "champion"))).code).toBe(
        "INVALID_PARAMETER_VALUE",
      );
      const { aliases, latestVersions } = await registry.getRegisteredModel("wine");
      expect(aliases).toEqual({ first: 1 });
      expect(latestVersions.map(({ version }) => version)).toEqual([1]);
      expect((await registry.searchModelVersions({})).items.map(({ version }) => version)).toEqual([1]);
      expect((await addVersion("wine")).version).toBe(3);
    });
  });
}

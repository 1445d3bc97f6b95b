import { beforeEach, describe, expect, test } from "vitest";
import type { ModelVersion, TrackbookError } from "../../../src/core";
import type { AnyRegistryStore, NewModelVersion } from "../../../src/stores";
import { rejectionOf } from "../../support/error-of";
import type { RegistryPlace } from "./registry-suite";

/** What every model registry does with aliases and stages. */
export function describeAliasesAndStages({ open }: RegistryPlace): void {
  describe("aliases and stages", () => {
    let registry: AnyRegistryStore;
    beforeEach(async () => {
      registry = await open();
    });
    const addVersion = async (model: string, options: Partial<NewModelVersion> = {}): Promise<ModelVersion> =>
      registry.createModelVersion(model, { source: "/models/a", ...options });
    const refused = (act: () => unknown): Promise<TrackbookError> => rejectionOf((async () => act())());

    describe("aliases", () => {
      beforeEach(async () => {
        await registry.createRegisteredModel("wine");
        await addVersion("wine");
        await addVersion("wine");
      });

      test("name a version, and later another", async () => {
        await registry.setRegisteredModelAlias("wine", "champion", 1);
        await registry.setRegisteredModelAlias("wine", "A-1_b", 1);
        expect(await registry.getModelVersionByAlias("wine", "champion")).toEqual(
          await registry.getModelVersion("wine", 1),
        );
        expect((await registry.getModelVersion("wine", 1)).aliases).toEqual(["A-1_b", "champion"]);
        await registry.setRegisteredModelAlias("wine", "champion", 2);
        expect((await registry.getModelVersionByAlias("wine", "champion")).version).toBe(2);
        expect((await registry.getModelVersion("wine", 1)).aliases).toEqual(["A-1_b"]);
        expect((await registry.getRegisteredModel("wine")).aliases).toEqual({ champion: 2, "A-1_b": 1 });
      });

      test("are removed", async () => {
        await registry.setRegisteredModelAlias("wine", "champion", 1);
        await registry.deleteRegisteredModelAlias("wine", "champion");
        await registry.deleteRegisteredModelAlias("wine", "never-there");
        expect((await registry.getRegisteredModel("wine")).aliases).toEqual({});
        expect((await registry.getModelVersion("wine", 1)).aliases).toEqual([]);
      });

      test("that name nothing are an error, which names the nearest", async () => {
        await registry.setRegisteredModelAlias("wine", "champion", 1);
        const error = await refused(() => registry.getModelVersionByAlias("wine", "champoin"));
        expect(error).toMatchObject({ code: "INVALID_PARAMETER_VALUE", received: "champoin" });
        expect(error.hint).toContain("champion");
      });

      test("called latest mean the highest version, whatever its stage", async () => {
        await registry.transitionModelVersionStage("wine", 2, "Archived");
        for (const alias of ["latest", "Latest", "LATEST"])
          expect((await registry.getModelVersionByAlias("wine", alias)).version).toBe(2);
        await registry.deleteModelVersion("wine", 2);
        expect((await registry.getModelVersionByAlias("wine", "latest")).version).toBe(1);
        await registry.deleteModelVersion("wine", 1);
        expect((await refused(() => registry.getModelVersionByAlias("wine", "latest"))).code).toBe(
          "RESOURCE_DOES_NOT_EXIST",
        );
      });
    });

    describe("stages", () => {
      beforeEach(async () => {
        await registry.createRegisteredModel("wine");
        for (let version = 1; version <= 4; version++) await addVersion("wine");
      });
      const stages = async () => {
        const { items } = await registry.searchModelVersions({ orderBy: ["version_number ASC"] });
        return items.map(({ currentStage }) => currentStage).join(" ");
      };

      test("are entered and left", async () => {
        const moved = await registry.transitionModelVersionStage("wine", 1, "Production");
        expect(moved).toMatchObject({ version: 1, currentStage: "Production" });
        await registry.transitionModelVersionStage("wine", 2, "Production");
        expect(await stages()).toBe("Production Production None None");
        await registry.transitionModelVersionStage("wine", 1, "None");
        expect(await stages()).toBe("None Production None None");
      });

      test("are cleared of other versions when that is asked for", async () => {
        for (const version of [1, 2]) await registry.transitionModelVersionStage("wine", version, "Production");
        await registry.transitionModelVersionStage("wine", 3, "Staging");
        await registry.transitionModelVersionStage("wine", 2, "Production", { archiveExistingVersions: true });
        expect(await stages()).toBe("Archived Production Staging None");
      });

      test("have a newest version each", async () => {
        for (const [version, stage] of [
          [1, "Production"],
          [2, "Production"],
          [3, "Staging"],
        ] as const)
          await registry.transitionModelVersionStage("wine", version, stage);
        const found = async (...asked: Parameters<typeof registry.getLatestVersions>) =>
          (await registry.getLatestVersions(...asked)).map(({ version }) => version);
        expect(await found("wine")).toEqual([4, 3, 2]);
        expect(await found("wine", ["Production"])).toEqual([2]);
        expect(await found("wine", ["Staging", "None", "Staging"])).toEqual([3, 4]);
        expect(await found("wine", ["Archived"])).toEqual([]);
        const { latestVersions } = await registry.getRegisteredModel("wine");
        expect(latestVersions).toEqual(await registry.getLatestVersions("wine"));
      });
    });
  });
}

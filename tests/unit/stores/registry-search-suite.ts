import { beforeEach, describe, expect, test, vi } from "vitest";
import type { AnyRegistryStore } from "../../../src/stores";
import { rejectionOf } from "../../support/error-of";
import type { RegistryPlace } from "./registry-suite";

const PROMPT = [{ key: "mlflow.prompt.is_prompt", value: "true" }];

/** How every model registry searches. */
export function describeRegistrySearch({ open }: RegistryPlace): void {
  describe("searching", () => {
    let registry: AnyRegistryStore;
    let time = 1_700_000_000_000;
    beforeEach(async () => {
      registry = await open();
      const clock = vi.spyOn(Date, "now").mockImplementation(() => time++);
      for (const [name, team] of [
        ["wine", "vision"],
        ["Wine-2", "Vision"],
        ["cars", undefined],
      ] as const)
        await registry.createRegisteredModel(name, { tags: team ? [{ key: "team", value: team }] : [] });
      await registry.createRegisteredModel("prompt", { tags: PROMPT });
      await registry.createModelVersion("wine", { source: "/a/1", runId: "r1", tags: [{ key: "k", value: "v" }] });
      await registry.createModelVersion("cars", { source: "/a/2", runId: "r2" });
      await registry.createModelVersion("wine", { source: "models:/m-1", runId: "r2" });
      await registry.createModelVersion("wine", { source: "/b" });
      await registry.createModelVersion("prompt", { source: "x", tags: PROMPT });
      await registry.updateModelVersion("wine", 1, { description: "touched" });
      clock.mockRestore();
    });

    const models = async (filter?: string, orderBy?: string[]) => {
      const { items } = await registry.searchRegisteredModels({ filter, orderBy });
      return items.map(({ name }) => name).join(", ");
    };
    const versions = async (filter?: string, orderBy?: string[]) => {
      const { items } = await registry.searchModelVersions({ filter, orderBy });
      return items.map(({ name, version }) => `${name} ${version}`).join(", ");
    };

    test.each([
      [undefined, "Wine-2, cars, wine"],
      ["name = 'wine'", "wine"],
      ["name LIKE 'wine%'", "wine"],
      ["name ILIKE 'wine%'", "Wine-2, wine"],
      ["name != 'wine'", "Wine-2, cars"],
      ["attribute.name IN ('wine', 'cars')", "cars, wine"],
      ["tags.team = 'vision'", "wine"],
      ["tag.team ILIKE 'VISION' AND name != 'wine'", "Wine-2"],
      ["tags.team != 'vision'", "Wine-2"],
      ["tags.`mlflow.prompt.is_prompt` = 'true'", "prompt"],
      ["tags.`mlflow.prompt.is_prompt` = 'false'", "Wine-2, cars, wine"],
      ["tags.mlflow.prompt.is_prompt != 'true' AND name = 'cars'", "cars"],
      ["name = 'prompt'", ""],
      ["name = 'wine' OR tags.team = 'Vision'", "Wine-2, wine"],
    ])("registered models where %s", async (filter, expected) => expect(await models(filter)).toBe(expected));

    test.each([
      ["name DESC", "wine, cars, Wine-2"],
      ["creation_timestamp", "wine, Wine-2, cars"],
      ["creation_timestamp DESC", "cars, Wine-2, wine"],
      ["last_updated_timestamp DESC", "wine, cars, Wine-2"],
      ["timestamp ASC", "Wine-2, cars, wine"],
    ])("registered models ordered by %s", async (order, expected) =>
      expect(await models(undefined, [order])).toBe(expected),
    );

    test.each([
      [undefined, "wine 1, wine 3, wine 2, cars 1"],
      ["name = 'wine'", "wine 1, wine 3, wine 2"],
      ["name LIKE 'c%'", "cars 1"],
      ["name IN ('cars', 'nothing')", "cars 1"],
      ["run_id = 'r2'", "wine 2, cars 1"],
      ["run_id IN ('r1', 'r2') AND name = 'wine'", "wine 1, wine 2"],
      ["source_path = '/b'", "wine 3"],
      ["source_path LIKE '/a/%'", "wine 1, cars 1"],
      ["version_number >= 2", "wine 3, wine 2"],
      ["version_number = 1 AND run_id != 'r1'", "cars 1"],
      ["tags.k = 'v'", "wine 1"],
      ["tags.`mlflow.prompt.is_prompt` = 'true'", "prompt 1"],
      ["name = 'wine' OR name = 'cars'", "wine 1, wine 3, wine 2, cars 1"],
      ["NOT name = 'wine'", "cars 1"],
      ["name = 'prompt'", ""],
    ])("model versions where %s", async (filter, expected) => expect(await versions(filter)).toBe(expected));

    test.each([
      ["version_number", "cars 1, wine 1, wine 2, wine 3"],
      ["version_number DESC", "wine 3, wine 2, cars 1, wine 1"],
      ["creation_timestamp DESC", "wine 3, wine 2, cars 1, wine 1"],
      ["name", "cars 1, wine 3, wine 2, wine 1"],
    ])("model versions ordered by %s", async (order, expected) =>
      expect(await versions(undefined, [order])).toBe(expected),
    );

    test("answers what reading each of them answers", async () => {
      const found = await registry.searchRegisteredModels({ filter: "name = 'wine'" });
      expect(found.items).toEqual([await registry.getRegisteredModel("wine")]);
      const [newest] = (await registry.searchModelVersions({ filter: "name = 'wine'" })).items;
      expect(newest).toEqual(await registry.getModelVersion("wine", 1));
    });

    test("answers page by page", async () => {
      const first = await registry.searchRegisteredModels({ maxResults: 2 });
      expect(first.items.map(({ name }) => name)).toEqual(["Wine-2", "cars"]);
      const second = await registry.searchRegisteredModels({ maxResults: 2, pageToken: first.nextPageToken });
      expect(second.items.map(({ name }) => name)).toEqual(["wine"]);
      expect(second.nextPageToken).toBeUndefined();
      const versionsOfOne = await registry.searchModelVersions({ maxResults: 3 });
      const rest = await registry.searchModelVersions({ maxResults: 3, pageToken: versionsOfOne.nextPageToken });
      expect(rest.items.map(({ name }) => name)).toEqual(["cars"]);
      expect(rest.nextPageToken).toBeUndefined();
    });

    const refused = (act: () => unknown) => rejectionOf((async () => act())());
    test.each([
      ["nam = 'x'", 'did you mean "name"'],
      ["tgs.team = 'x'", "did you mean"],
      ["run_id = 'x'", "there is no attribute"],
      ["name = wine", "quotes"],
      ["name > 'a'", "cannot be compared by >"],
    ])("registered models where %s is an error", async (filter, message) => {
      const error = await refused(() => registry.searchRegisteredModels({ filter }));
      expect(error.code).toBe("INVALID_PARAMETER_VALUE");
      expect(error.message).toContain(message);
    });

    test("refuses other wrong queries", async () => {
      for (const act of [
        () => registry.searchRegisteredModels({ maxResults: 1001 }),
        () => registry.searchRegisteredModels({ maxResults: 0 }),
        () => registry.searchRegisteredModels({ pageToken: "x" }),
        () => registry.searchRegisteredModels({ orderBy: ["tags.team"] }),
        () => registry.searchModelVersions({ maxResults: 200_001 }),
        () => registry.searchModelVersions({ filter: "metrics.loss < 1" }),
        () => registry.searchModelVersions({ filter: "version_number = 'x'" }),
        () => registry.searchModelVersions({ orderBy: ["stage"] }),
      ])
        expect((await refused(act)).code).toBe("INVALID_PARAMETER_VALUE");
    });
  });
}

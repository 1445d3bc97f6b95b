import { describe, expect, test } from "vitest";
import type { Metric } from "../../../src/core";
import { type LoggedModelQuery, searchExperiments, searchLoggedModels } from "../../../src/search";
import { makeExperiment, makeModel } from "./entities";

describe("experiments", () => {
  const experiments = [
    makeExperiment({ experimentId: "0", name: "Default", creationTime: 5, lastUpdateTime: 5 }),
    makeExperiment({ experimentId: "123456789012345678", name: "iris", creationTime: 7, tags: { team: "vision" } }),
    makeExperiment({
      experimentId: "99",
      name: "Iris 2",
      creationTime: 7,
      lastUpdateTime: 9,
      tags: { team: "Vision" },
    }),
    makeExperiment({ experimentId: "123456789012345679", name: "cars" }),
  ];
  const names = (query: { filter?: string; orderBy?: string[] }) =>
    searchExperiments(experiments, query)
      .items.map((experiment) => experiment.name)
      .join(", ");

  test.each([
    ["name = 'iris'", "iris"],
    ["name ILIKE 'iris%'", "Iris 2, iris"],
    ["attribute.name != 'iris'", "Iris 2, Default, cars"],
    ["tags.team = 'vision'", "iris"],
    ["tag.team IS NULL", "Default, cars"],
    ["experiment_id IN ('0', '99')", "Iris 2, Default"],
    ["creation_time >= 6", "Iris 2, iris"],
    ["last_update_time != 5", "Iris 2"],
    ["name = 'iris' OR name = 'cars'", "iris, cars"],
  ])("where %s", (filter, expected) => expect(names({ filter })).toBe(expected));

  test("come newest first, then by id as a number", () => {
    expect(names({})).toBe("Iris 2, iris, Default, cars");
    expect(names({ orderBy: [] })).toBe("Iris 2, iris, Default, cars");
  });

  test.each([
    ["name", "Default, Iris 2, cars, iris"],
    ["experiment_id", "Default, Iris 2, iris, cars"],
    ["experiment_id DESC", "cars, iris, Iris 2, Default"],
    ["creation_time ASC", "Default, iris, Iris 2, cars"],
    ["last_update_time DESC", "Iris 2, Default, cars, iris"],
  ])("ordered by %s", (order, expected) => expect(names({ orderBy: [order] })).toBe(expected));

  test.each([
    ["metrics.loss > 1", /"metrics" names nothing that can be searched here/],
    ["tgs.team = 'x'", /did you mean "tag.?"/],
    ["nam = 'x'", /did you mean "name"/],
    ["creation_time > 0.5", /a whole number without exponent/],
    ["name IN ('a')", /cannot be compared by IN/],
    ["experiment_id LIKE '1'", /cannot be compared by LIKE/],
  ])("where %s is an error", (filter, message) => expect(() => names({ filter })).toThrow(message));

  test("are not ordered by tags", () =>
    expect(() => names({ orderBy: ["tags.team"] })).toThrow(/a tag cannot be ordered by/));
});

describe("LoggedModels", () => {
  const metric = (key: string, value: number, datasetName?: string, datasetDigest?: string, timestamp = 0): Metric => {
    return { key, value, timestamp, step: 0, datasetName, datasetDigest };
  };
  const models = [
    makeModel({
      modelId: "m-1",
      name: "forest",
      creationTimestamp: 3,
      modelType: "ml-random-forest",
      params: { trees: "10" },
    }),
    makeModel({
      modelId: "m-2",
      name: "linear",
      creationTimestamp: 2,
      status: "PENDING",
      tags: { team: "vision" },
      metrics: [metric("rmse", 5, "cars", "c1", 1), metric("rmse", 1, "iris", "i1", 2)],
    }),
    makeModel({
      modelId: "m-3",
      name: "poly",
      creationTimestamp: 1,
      metrics: [metric("rmse", 3, "cars", "c2"), metric("r2", 0.9)],
    }),
  ];
  const found = (query: LoggedModelQuery) =>
    searchLoggedModels(models, query)
      .items.map((model) => model.modelId)
      .join(" ");

  test.each<[LoggedModelQuery, string]>([
    [{}, "m-1 m-2 m-3"],
    [{ filter: "name = 'forest'" }, "m-1"],
    [{ filter: "name LIKE '%o%' AND name NOT IN ('poly')" }, "m-1"],
    [{ filter: "status IN ('PENDING', 'FAILED')" }, "m-2"],
    [{ filter: "model_type = 'ml-random-forest'" }, "m-1"],
    [{ filter: "model_type != 'x'" }, "m-1"],
    [{ filter: "params.trees = '10' OR tags.team = 'vision'" }, "m-1 m-2"],
    [{ filter: "creation_time > 1 AND last_updated_time <= 0" }, "m-1 m-2"],
    [{ filter: "metrics.rmse < 2" }, "m-2"],
    [{ filter: "metrics.rmse > 2" }, "m-2 m-3"],
    [{ orderBy: ["metrics.rmse"] }, "m-2 m-3 m-1"],
    [{ orderBy: ["metrics.rmse DESC"] }, "m-3 m-2 m-1"],
    [{ orderBy: ["name DESC"] }, "m-3 m-2 m-1"],
    [{ datasets: [{ name: "cars" }] }, "m-2 m-3"],
    [{ datasets: [{ name: "cars", digest: "c2" }] }, "m-3"],
    [{ datasets: [{ name: "cars" }], filter: "metrics.rmse < 4" }, "m-3"],
    [{ datasets: [{ name: "cars" }], filter: "name = 'linear'" }, "m-2"],
    [{ datasets: [{ name: "cars" }], orderBy: ["metrics.rmse DESC"] }, "m-2 m-3"],
    [{ datasets: [{ name: "nothing" }] }, ""],
  ])("%j", (query, expected) => expect(found(query)).toBe(expected));

  test("come a hundred to a page when it is not said how many", () => {
    const many = Array.from({ length: 101 }, (_, index) => makeModel({ modelId: `m-${index}` }));
    const page = searchLoggedModels(many);
    expect(page.items).toHaveLength(100);
    expect(searchLoggedModels(many, { pageToken: page.nextPageToken }).items).toHaveLength(1);
  });

  test("are not ordered by params", () =>
    expect(() => found({ orderBy: ["params.trees"] })).toThrow(/a param cannot be ordered by/));
});

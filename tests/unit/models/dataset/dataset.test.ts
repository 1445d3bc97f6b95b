import * as tf from "@tensorflow/tfjs";
import { Matrix } from "ml-matrix";
import { resolve } from "node:path";
import { contextTags } from "../../../../src/tracking";
import { describe, expect, it } from "vitest";
import { captureDataset, dataset } from "../../../../src/models";

const rows = [
  { a: 1, b: "x" },
  { a: 2, b: null },
];
const json = (text: string | undefined) => JSON.parse(text as string);

describe("dataset", () => {
  it("describes a table as MLflow describes a DataFrame", () => {
    const described = dataset(rows, { name: "wine", targets: "a" });
    expect(described).toMatchObject({ name: "wine", sourceType: "code" });
    expect(json(described.schema)).toEqual({
      mlflow_colspec: [
        { type: "double", name: "a", required: true },
        { type: "string", name: "b", required: false },
      ],
    });
    expect(json(described.profile)).toEqual({ num_rows: 2, num_elements: 4 });
  });

  it("describes arrays as MLflow describes NumPy's, with rows and elements besides", () => {
    const described = dataset(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      { targets: ["x", "y", "x"] },
    );
    expect(described.name).toBe("dataset");
    expect(json(described.schema)).toEqual({
      mlflow_tensorspec: {
        features: '[{"type":"tensor","tensor-spec":{"dtype":"float64","shape":[-1,2]}}]',
        targets: '[{"type":"tensor","tensor-spec":{"dtype":"str","shape":[-1]}}]',
      },
    });
    const { profile } = dataset(Float32Array.of(1, 2), { targets: [1, 2] });
    expect(json(profile)).toEqual({
      num_rows: 2,
      num_elements: 2,
      features_shape: [2],
      features_size: 2,
      features_nbytes: 8,
      targets_shape: [2],
      targets_size: 2,
      targets_nbytes: 16,
    });
  });

  it("puts given targets beside the columns, under a name that is free", () => {
    const names = (data: unknown, targets: unknown) =>
      json(dataset(data, { targets }).schema).mlflow_colspec.map((one: { name: string }) => one.name);
    expect(names(rows, [0, 1])).toEqual(["a", "b", "target"]);
    expect(names([{ target: "x" }], [0])).toEqual(["target", "target_"]);
    expect(names([["x", 1]], [0])).toEqual(["0", "1", "target"]);
  });

  it("names the source as MLflow does", () => {
    const source = (text: string) => {
      const { sourceType, source: from } = dataset(rows, { source: text });
      return [sourceType, json(from)];
    };
    expect(source("https://host/wine.csv")).toEqual(["http", { url: "https://host/wine.csv" }]);
    expect(source("s3://bucket/wine.csv")).toEqual(["s3", { uri: "s3://bucket/wine.csv" }]);
    expect(source("/data/wine.csv")).toEqual(["local", { uri: "/data/wine.csv" }]);
    expect(source("wine.csv")).toEqual(["local", { uri: resolve("wine.csv") }]);
    expect(source("file:///data/wine%20red.csv")).toEqual(["local", { uri: "/data/wine red.csv" }]);
    expect(json(dataset(rows).source)).toEqual({ tags: Object.fromEntries(contextTags()) });
  });

  it("digests the same data alike, whichever container it came in", () => {
    const list = [
      [1, 2],
      [3, 4],
    ];
    const digest = (data: unknown, targets?: unknown) => dataset(data, { targets }).digest;
    expect(digest(list)).toMatch(/^[0-9a-f]{8}$/);
    expect(digest(new Matrix(list))).toBe(digest(list));
    expect(digest([Float64Array.of(1, 2), Float64Array.of(3, 4)])).toBe(digest(list));
    expect(digest({ a: [1, 2], b: ["x", null] })).toBe(
      digest([
        { a: 1, b: "x" },
        { a: 2, b: null },
      ]),
    );
    const tensor = tf.tensor2d(list as [number, number][]);
    expect(digest(tensor)).toBe(digest([Float32Array.of(1, 2), Float32Array.of(3, 4)]));
    tensor.dispose();
  });

  it("digests other data, another shape, name, type or target differently", () => {
    const digests = [
      dataset([
        [1, 2],
        [3, 4],
      ]),
      dataset([
        [1, 2],
        [3, 5],
      ]),
      dataset([1, 2, 3, 4]),
      dataset([[1, 2, 3, 4]]),
      dataset(
        [
          [1, 2],
          [3, 4],
        ],
        { targets: [1, 2] },
      ),
      dataset(Float32Array.of(1, 2, 3, 4)),
      dataset({ a: [1, 2] }),
      dataset({ b: [1, 2] }),
      dataset({ a: ["1", "2"] }),
      dataset({ a: [1n, 2n] }),
      dataset({ a: [Number.NaN, 2] }),
      dataset({ a: [null, 2] }),
      dataset({ a: [new Date(1), new Date(2)] }),
      dataset({ a: [["1"], ["2"]] }),
      dataset({ a: [{ x: 1 }, { x: 2 }] }),
      dataset({ a: [{ y: 1 }, { y: 2 }] }),
    ].map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it("has one digest for a data set for ever", () => {
    expect(
      dataset(
        [
          [1, 2],
          [3, 4],
        ],
        { targets: [0, 1] },
      ).digest,
    ).toBe("e96eeddd");
    expect(dataset([{ a: 1, b: "x", c: new Date(0), d: true }]).digest).toBe("9977734b");
  });

  it("describes data without rows, without a schema", () => {
    expect(dataset([])).toMatchObject({ schema: undefined, profile: '{"num_rows":0,"num_elements":0}' });
  });

  it("leaves out a schema that is longer than MLflow keeps", () => {
    const wide = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`${"column".repeat(20)}${index}`, 1]),
    );
    const { schema, profile } = dataset([wide]);
    expect(schema).toBeUndefined();
    expect(json(profile).num_elements).toBe(10_000);
  });

  it.each([
    ["a function", () => dataset(() => 1), "not data"],
    ["a single number", () => dataset(5), /rows .* or columns/],
    ["targets that are none", () => dataset(rows, { targets: null }), "targets"],
    ["an unknown option", () => dataset(rows, { target: "a" } as object), 'did you mean "targets"'],
    [
      "a target column that is not there",
      () => dataset([{ quality: 1 }], { targets: "qualty" }),
      'did you mean "quality"',
    ],
    ["a target column of an array", () => dataset([[1]], { targets: "a" }), "named columns"],
    ["an empty name", () => dataset(rows, { name: "" }), "1 to 500"],
    ["a source that is no text", () => dataset(rows, { source: 5 as never }), "path or URI"],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message === "not data" ? /is no data/ : message);
  });
});

describe("captureDataset", () => {
  it("describes what was there at the call, whenever it is asked", () => {
    const data = [
      [1, 2],
      [3, 4],
    ];
    const captured = captureDataset(data, { targets: [0, 1] });
    const expected = dataset(
      [
        [1, 2],
        [3, 4],
      ],
      { targets: [0, 1] },
    );
    data[0]?.splice(0, 1, 99);
    data.length = 1;
    expect(captured.describe()).toEqual(expected);
    expect(captured.describe()).toBe(captured.describe());
    expect(captured.rows).toBe(2);
  });

  it("describes even what is no data by its name and source", () => {
    const captured = captureDataset(() => 1, { name: "odd" });
    expect(captured.describe()).toMatchObject({
      name: "odd",
      schema: undefined,
      profile: undefined,
      source: JSON.stringify({ tags: Object.fromEntries(contextTags()) }),
    });
  });
});

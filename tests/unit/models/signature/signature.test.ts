import { describe, expect, it } from "vitest";
import { InvalidInputError } from "../../../../src/core";
import { inferSignature, ModelSignature } from "../../../../src/models";

const inputs = (data: unknown) => inferSignature(data).toJSON().inputs;
const types = (data: unknown) => (inputs(data) as readonly { type: unknown }[]).map(({ type }) => type);

describe("inferSignature", () => {
  it("gives numbers double, whole or not", () => {
    expect(inputs([{ a: 1 }, { a: 2 }])).toEqual([{ type: "double", name: "a", required: true }]);
    expect(inputs(5)).toEqual([{ type: "double", required: true }]);
    expect(inputs([[1, 2]])).toEqual([{ type: "tensor", "tensor-spec": { dtype: "float64", shape: [-1, 2] } }]);
  });

  it("takes long, integer and float from bigints and typed arrays", () => {
    const table = {
      long: [1n],
      integer: Int32Array.of(1),
      float: Float32Array.of(1),
      double: Float64Array.of(1),
      small: Uint8Array.of(1),
      unsigned: Uint32Array.of(1),
    };
    expect(types(table)).toEqual(["long", "integer", "float", "double", "integer", "long"]);
  });

  it("knows text, booleans, dates and bytes", () => {
    expect(types([{ s: "x", b: true, d: new Date(0), y: Buffer.from("x") }])).toEqual([
      "string",
      "boolean",
      "datetime",
      "binary",
    ]);
  });

  it("makes a column optional when a row lacks it or has null, but not for NaN", () => {
    expect(
      inputs([
        { a: 1, b: 1, c: Number.NaN },
        { a: null, c: 1 },
      ]),
    ).toEqual([
      { type: "double", name: "a", required: false },
      { type: "double", name: "b", required: false },
      { type: "double", name: "c", required: true },
    ]);
    expect(inputs({ a: [1, 2], b: [1] })).toMatchObject([{ required: true }, { required: false }]);
  });

  it("knows arrays and objects in cells, with optional properties", () => {
    const rows = [
      { tags: ["x"], place: { lat: 1, name: "a" } },
      { tags: [], place: { lat: 2 } },
    ];
    expect(inputs(rows)).toEqual([
      { type: "array", items: { type: "string" }, name: "tags", required: true },
      {
        type: "object",
        properties: { lat: { type: "double", required: true }, name: { type: "string", required: false } },
        name: "place",
        required: true,
      },
    ]);
    expect(String(inferSignature(rows))).toBe("(tags: string[], place: { lat: double, name?: string })");
  });

  it("says any where cells are of several types", () => {
    expect(types([{ a: 1 }, { a: "x" }])).toEqual(["any"]);
    expect(types([{ a: () => 1 }])).toEqual(["any"]);
  });

  it("keeps column names that objects have by themselves", () => {
    const rows = JSON.parse('[{"__proto__": 1, "constructor": "x", "o": {"toString": 1}}, {"__proto__": 2, "o": {}}]');
    expect(String(inferSignature(rows))).toBe("(__proto__: double, constructor?: string, o: { toString?: double })");
  });

  it("keeps params with their defaults", () => {
    const { params } = inferSignature([1], [1], {
      t: 0.5,
      n: 3n,
      stop: ["a"],
      on: true,
      at: new Date(0),
      o: { x: 1 },
    }).toJSON();
    expect(params).toEqual([
      { name: "t", default: 0.5, shape: null, type: "double" },
      { name: "n", default: 3, shape: null, type: "long" },
      { name: "stop", default: ["a"], shape: [-1], type: "string" },
      { name: "on", default: true, shape: null, type: "boolean" },
      { name: "at", default: "1970-01-01T00:00:00", shape: null, type: "datetime" },
      {
        name: "o",
        default: { x: 1 },
        shape: null,
        type: "object",
        properties: { x: { type: "double", required: true } },
      },
    ]);
  });

  it("reads well in one line", () => {
    const rows = [{ age: 31, name: "Ada" }, { age: 2.5 }];
    expect(String(inferSignature(rows, [0, 1], { temperature: 0.5, stop: ["."] }))).toBe(
      '(age: double, name?: string) → float64[-1], params: temperature: double = 0.5, stop: string[] = ["."]',
    );
    expect(String(inferSignature(["a"], Float32Array.of(1)))).toBe("(string) → float32[-1]");
  });

  it("has the text that MLmodel keeps, null for absent parts", () => {
    expect(inferSignature([[1, 2]]).toText()).toEqual({
      inputs: '[{"type":"tensor","tensor-spec":{"dtype":"float64","shape":[-1,2]}}]',
      outputs: null,
      params: null,
    });
  });

  it("can be declared instead", () => {
    const declared = new ModelSignature({
      inputs: { kind: "columns", columns: [{ name: "age", type: { type: "integer" }, required: true }] },
    });
    expect(String(declared)).toBe("(age: integer)");
  });

  it.each([
    ["nothing at all", () => inferSignature()],
    ["a function", () => inferSignature(() => 1)],
    ["no rows", () => inferSignature([])],
    ["columns without values", () => inferSignature({ a: [], b: [undefined, null] })],
    ["rows without values", () => inferSignature([{ a: undefined }])],
    ["null as output", () => inferSignature([1], null)],
    ["a param that is null", () => inferSignature([1], [1], { a: null })],
    ["a param that is infinite", () => inferSignature([1], [1], { a: Number.POSITIVE_INFINITY })],
    ["a param of mixed types", () => inferSignature([1], [1], { a: [1, "x"] })],
    ["an empty list as param", () => inferSignature([1], [1], { a: [] })],
    ["params that are a list", () => inferSignature([1], [1], [1] as never)],
    ["an empty declaration", () => new ModelSignature({})],
  ])("refuses %s", (_, act) => {
    expect(act).toThrow(InvalidInputError);
    expect(act).toThrow(/INVALID_PARAMETER_VALUE/);
  });
});

it("lists of mixed cells are any, beside lists of one kind; an empty list fits beside both", () => {
  const itemsOf = (data: unknown) => inferSignature(data).toJSON().inputs?.[0];
  expect(itemsOf([{ a: [false] }, { a: ["", 0] }])).toMatchObject({ type: "array", items: { type: "any" } });
  expect(itemsOf([{ a: [] }, { a: [1] }])).toMatchObject({ type: "array", items: { type: "double" } });
  expect(itemsOf([{ a: { b: null } }, { a: { b: 1 } }])).toMatchObject({ properties: { b: { type: "double" } } });
});

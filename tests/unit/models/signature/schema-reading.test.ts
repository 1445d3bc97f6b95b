import { describe, expect, test } from "vitest";
import { inferSignature, ModelSignature, type SignatureText } from "../../../../src/models";
import { errorOf } from "../../../support/error-of";

const columns = (...json: readonly object[]) => ModelSignature.fromText({ inputs: JSON.stringify(json) });

describe("a signature read from an MLmodel file", () => {
  test("is the one that was written", () => {
    const at = new Date(Date.UTC(2026, 10, 22, 4, 30, 7, 28));
    const rows = [{ age: 31, name: "Ada", at, tags: ["x"], place: { lat: 1, label: "a" }, n: 1n }, { age: 2 }];
    const params = { t: 0.5, n: 3, stop: ["a"], at, on: true };
    for (const signature of [inferSignature(rows, [1, 2], params), inferSignature([[1, 2]], Float32Array.of(1))])
      expect(ModelSignature.fromText(signature.toText())).toEqual(signature);
  });

  test("may be Python's: types that only Python knows are any, columns of an older form optional or not", () => {
    const signature = columns(
      { type: "sparkvector", name: "v", required: true },
      { type: "map", values: { type: "array", items: { type: "long" } }, name: "m", required: false },
      { type: "double", name: "old", optional: true },
      { type: "double", name: "older" },
    );
    expect(String(signature)).toBe("(v: any, m?: { [key]: long[] }, old?: double, older: double)");
    expect(JSON.parse(signature.toText().inputs as string)[1]).toEqual({
      type: "map",
      values: { type: "array", items: { type: "long" } },
      name: "m",
      required: false,
    });
  });

  test("may have params of objects, and dates without a zone", () => {
    const params = [
      { name: "at", type: "datetime", default: "2026-11-22T04:30:07.028000", shape: null },
      {
        name: "o",
        type: "object",
        properties: { a: { type: "long", required: true } },
        default: { a: 1 },
        shape: null,
      },
      { name: "none", type: "double", default: null, shape: null },
      { name: "list", type: "long", default: [1], shape: [-1] },
    ];
    expect(ModelSignature.fromText({ params: JSON.stringify(params) }).params).toEqual([
      { name: "at", type: { type: "datetime" }, default: new Date(Date.UTC(2026, 10, 22, 4, 30, 7, 28)), shape: null },
      {
        name: "o",
        type: { type: "object", properties: { a: { type: "long", required: true } } },
        default: { a: 1 },
        shape: null,
      },
      { name: "none", type: { type: "double" }, default: null, shape: null },
      { name: "list", type: { type: "long" }, default: [1], shape: [-1] },
    ]);
  });

  test.each<[string, Partial<SignatureText>]>([
    ["text that is no JSON", { inputs: "{" }],
    ["JSON that is no list", { inputs: "{}" }],
    ["a list of numbers", { inputs: "[1]" }],
    ["a column without a type", { inputs: '[{"name":"a"}]' }],
    ["an array without items", { outputs: '[{"type":"array","name":"a"}]' }],
    ["a tensor without a shape", { inputs: '[{"type":"tensor","tensor-spec":{"dtype":"float32"}}]' }],
    ["nothing at all", { inputs: "[]", outputs: null }],
  ])("%s is refused", (_, text) => {
    expect(errorOf(() => ModelSignature.fromText(text)).code).toBe("INVALID_PARAMETER_VALUE");
  });
});

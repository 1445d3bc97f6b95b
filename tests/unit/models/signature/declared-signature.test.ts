import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ColumnType,
  declareSignature,
  ModelSignature,
  type PropertyType,
  type TypeText,
} from "../../../../src/models";
import { errorOf } from "../../../support/error-of";
import { samples } from "../../../support/samples";

const SIMPLE = ["boolean", "integer", "long", "float", "double", "string", "binary", "datetime", "any"] as const;
const arrayOf = (items: ColumnType): ColumnType => ({ type: "array", items });
const mapOf = (values: ColumnType): ColumnType => ({ type: "map", values });
const objectOf = (entries: Record<string, readonly [ColumnType, boolean]>): ColumnType => ({
  type: "object",
  properties: Object.fromEntries(
    Object.entries(entries).map(([name, [type, required]]): [string, PropertyType] => [name, { ...type, required }]),
  ),
});

const json = (declaration: Parameters<typeof declareSignature>[0]) => declareSignature(declaration).toJSON();

describe("a declared signature", () => {
  test("says what inference cannot: whole numbers, and columns that may be missing", () => {
    const signature = declareSignature({
      inputs: {
        age: "integer",
        weight: "float",
        born: "datetime?",
        tags: "string[]",
        place: "{ lat: double, city?: string }?",
        counts: "{ [word]: long }",
      },
      outputs: "float64[-1]",
      params: { temperature: 0.5, topK: { type: "long", default: 3 }, stop: { type: "string[]", default: ["."] } },
    });
    expect(String(signature)).toBe(
      "(age: integer, weight: float, born?: datetime, tags: string[], place?: { lat: double, city?: string }, counts: { [key]: long }) → float64[-1], " +
        'params: temperature: double = 0.5, topK: long = 3, stop: string[] = ["."]',
    );
    expect(signature.toJSON()).toEqual({
      inputs: [
        { name: "age", type: "integer", required: true },
        { name: "weight", type: "float", required: true },
        { name: "born", type: "datetime", required: false },
        { name: "tags", type: "array", items: { type: "string" }, required: true },
        {
          name: "place",
          type: "object",
          properties: { lat: { type: "double", required: true }, city: { type: "string", required: false } },
          required: false,
        },
        { name: "counts", type: "map", values: { type: "long" }, required: true },
      ],
      outputs: [{ type: "tensor", "tensor-spec": { dtype: "float64", shape: [-1] } }],
      params: [
        { name: "temperature", type: "double", default: 0.5, shape: null },
        { name: "topK", type: "long", default: 3, shape: null },
        { name: "stop", type: "string", default: ["."], shape: [-1] },
      ],
    });
  });

  test("takes unnamed columns, one tensor, and named tensors", () => {
    expect(String(declareSignature({ inputs: ["double", "string?"], outputs: "long" }))).toBe(
      "(double, string?) → long",
    );
    expect(String(declareSignature({ inputs: " float32[ -1,28 ,28]" }))).toBe("(float32[-1, 28, 28])");
    expect(String(declareSignature({ inputs: { when: "datetime64[ns][-1]", one: "int64[]" } }))).toBe(
      "(when: datetime64[ns][-1], one: int64[])",
    );
  });

  test("takes params of every kind, null where none is the default", () => {
    const params = {
      n: { type: "integer", default: 2n },
      limit: { type: "long", default: null },
      at: { type: "datetime", default: new Date(0) },
      weights: { type: "float[]", default: [] },
      range: { type: "{ from: long, to?: long }", default: { from: 1 } },
      shown: { default: { x: 1 } },
    };
    expect(json({ params }).params).toMatchObject([
      { name: "n", type: "integer", default: 2 },
      { name: "limit", type: "long", default: null },
      { name: "at", type: "datetime", default: "1970-01-01T00:00:00" },
      { name: "weights", type: "float", default: [], shape: [-1] },
      { name: "range", type: "object", default: { from: 1 } },
      { name: "shown", type: "object", default: { x: 1 } },
    ]);
  });

  test("is read from what a signature shows", () => {
    const simple = fc.constantFrom(...SIMPLE.map((type) => ({ type })));
    const { type } = fc.letrec<{ type: ColumnType; object: ColumnType }>((tie) => ({
      type: fc.oneof({ maxDepth: 3 }, simple, tie("object"), tie("type").map(arrayOf), tie("type").map(mapOf)),
      object: fc
        .dictionary(fc.string({ minLength: 1, unit: "grapheme" }), fc.tuple(tie("type"), fc.boolean()))
        .map(objectOf),
    }));
    fc.assert(
      fc.property(type, fc.boolean(), (wanted, required) => {
        const columns = [{ name: "a", type: wanted, required: true }];
        const [, text = ""] =
          /^\(a: (.*)\)$/s.exec(String(new ModelSignature({ inputs: { kind: "columns", columns } }))) ?? [];
        const { inputs } = json({ inputs: { a: required ? text : `${text}?` } });
        expect(inputs).toEqual([{ ...wanted, name: "a", required }]);
      }),
      { numRuns: samples(200) },
    );
  });

  test("is told what a wrong text should be", () => {
    const refusal = (text: TypeText) => errorOf(() => declareSignature({ inputs: { a: text } }));
    expect(refusal("integr")).toMatchObject({ received: "integr", hint: 'did you mean "integer"?' });
    expect(refusal("integr").message).toContain('The input "a" of a signature');
    for (const text of [
      "",
      "?",
      "double[",
      "double[]]",
      "{ a: }",
      "{ a double }",
      "{ a: double",
      "long long",
      "float32[x]",
      "float32[-2]",
      "float32[1,]",
      "float32",
      '{ "a: long }',
      "{ [key: long }",
      "{ [key] long }",
      "{ [key]: long, a: long }",
    ])
      expect(refusal(text).code, text).toBe("INVALID_PARAMETER_VALUE");
  });

  test.each([
    ["no part", {}],
    ["no columns", { inputs: {} }],
    ["columns beside tensors", { inputs: { a: "double", b: "float32[-1]" } }],
    ["several tensors without names", { inputs: ["float32[-1]", "float32[-1]"] }],
    ["a type that is no text", { inputs: { a: 5 } }],
    ["another key", { input: "double" }],
    ["a default of another type", { params: { n: { type: "long", default: 2.5 } } }],
    ["a default too large for 32 bits", { params: { n: { type: "integer", default: 2 ** 31 } } }],
    ["a list where one is wanted", { params: { n: { type: "long", default: [1] } } }],
    ["one where a list is wanted", { params: { n: { type: "long[]", default: 1 } } }],
    [
      "an object with a property that is not declared",
      { params: { n: { type: "{ a: long }", default: { a: 1, b: 1 } } } },
    ],
    ["an object without a property that is", { params: { n: { type: "{ a: long }", default: {} } } }],
    ["a param that is binary", { params: { n: { type: "binary", default: null } } }],
    ["a param that is a map", { params: { n: { type: "{ [key]: long }", default: {} } } }],
    ["a param that may be missing", { params: { n: { type: "long?", default: 1 } } }],
    ["a param that is a tensor", { params: { n: { type: "float32[-1]", default: 1 } } }],
    ["a param without default", { params: { n: { type: "long" } } }],
    ["a param's unknown key", { params: { n: { type: "long", defualt: 1 } } }],
  ])("refuses %s", (_, declaration) => {
    expect(errorOf(() => declareSignature(declaration as never)).code).toBe("INVALID_PARAMETER_VALUE");
  });

  test("takes types from a program's own tables", () => {
    const types: Record<string, string> = { a: "long" };
    expect(String(declareSignature({ inputs: types }))).toBe("(a: long)");
  });
});

import { describe, expect, test } from "vitest";
import { errorOf } from "../../../support/error-of";
import { cells, columns, refusal, taken } from "./asked";

describe("types of columns", () => {
  const date = new Date(0);
  const values: Readonly<Record<string, unknown>> = {
    whole: 3,
    fraction: 2.5,
    tenth: 0.1,
    "2^40": 2 ** 40,
    "2^60": 2 ** 60,
    NaN: Number.NaN,
    bigint: 3n,
    text: "3",
    boolean: true,
    date,
    bytes: Buffer.from("x"),
    list: [1],
    object: { x: 1 },
  };
  const accepted: Readonly<Record<string, readonly string[]>> = {
    boolean: ["boolean"],
    integer: ["whole"],
    long: ["whole", "2^40", "bigint"],
    float: ["whole", "fraction", "2^40", "2^60", "NaN"],
    double: ["whole", "fraction", "tenth", "2^40", "2^60", "NaN"],
    string: ["text"],
    binary: ["bytes"],
    datetime: ["date"],
    any: Object.keys(values),
  };
  test.each(Object.keys(accepted))("%s takes what it holds without loss, and nothing else", (type) => {
    const took = Object.keys(values).filter((name) => {
      try {
        expect(cells(type, [values[name]])).toEqual([values[name]]);
        return true;
      } catch (error) {
        expect(String(error)).toMatch(
          /The column "a", row 0, does not hold what the model takes\. Received: .+ Accepted: /,
        );
        return false;
      }
    });
    expect(took).toEqual(accepted[type]);
  });

  const arrays: Readonly<Record<string, unknown>> = {
    int8: Int8Array.of(1),
    uint8: Uint8Array.of(1),
    int16: Int16Array.of(1),
    int32: Int32Array.of(1),
    uint32: Uint32Array.of(1),
    int64: BigInt64Array.of(1n),
    float32: Float32Array.of(1),
    float64: Float64Array.of(1),
  };
  const small = ["int8", "uint8", "int16", "int32"];
  const takesArrays: Readonly<Record<string, readonly string[]>> = {
    boolean: [],
    integer: [...small, "float64"],
    long: [...small, "uint32", "int64", "float64"],
    float: ["float32", "float64"],
    double: [...small, "uint32", "float32", "float64"],
    string: [],
    datetime: [],
  };
  test.each(Object.keys(takesArrays))(
    "%s takes typed arrays as Python takes NumPy's, and plain numbers by their value",
    (type) => {
      const took = Object.keys(arrays).filter((name) => {
        try {
          return cells(type, arrays[name]).length === 1;
        } catch {
          return false;
        }
      });
      expect(took).toEqual(takesArrays[type]);
    },
  );

  test("limits", () => {
    expect(cells("integer", [-(2 ** 31), 2 ** 31 - 1, -0])).toEqual([-(2 ** 31), 2 ** 31 - 1, -0]);
    expect(refusal(columns({ a: "integer" }), { a: [2 ** 31] })).toContain(
      "Received: 2147483648. Accepted: integer: a whole number of 32 bits.",
    );
    expect(cells("long", [2n ** 63n - 1n, -(2n ** 63n)])).toHaveLength(2);
    expect(refusal(columns({ a: "long" }), { a: [2n ** 63n] })).toContain(
      "Received: 9223372036854775808n. Accepted: long",
    );
    expect(refusal(columns({ a: "datetime" }), { a: [new Date(Number.NaN)] })).toContain(
      "Accepted: datetime: a valid Date",
    );
  });

  test("hints say how to convert", () => {
    const hint = (type: string, value: unknown) => errorOf(() => cells(type, [value])).hint;
    expect(hint("double", "1")).toBe("Number(text) makes a number of a text.");
    expect(hint("double", 1n)).toBe("Number(value) makes a number of a bigint.");
    expect(hint("float", 0.1)).toBe("Math.fround(value) is the nearest 32-bit number.");
    expect(hint("datetime", "2026-01-01")).toBe("new Date(text) makes a date of a text.");
    expect(hint("string", 1)).toBe("String(value) makes a text of a number.");
  });

  const list = { type: "array", items: { type: "long" } };
  const place = {
    type: "object",
    properties: { lat: { type: "double", required: true }, label: { type: "string", required: false } },
  };
  test("lists, objects and maps are looked at to the bottom", () => {
    expect(cells(list, [[1, 2], Int32Array.of(3), []])).toEqual([[1, 2], Int32Array.of(3), []]);
    expect(cells(place, [{ lat: 1 }, { lat: 2, label: "x" }, { lat: 1, label: null }])).toHaveLength(3);
    expect(cells({ type: "map", values: list }, [{ x: [1] }, {}])).toEqual([{ x: [1] }, {}]);
    const nested = { type: "array", items: { type: "array", items: place } };
    expect(refusal(columns({ a: list }), { a: [[1, 2.5]] })).toContain(
      'The column "a", row 0 at [1], does not hold what the model takes. Received: 2.5. Accepted: long',
    );
    expect(refusal(columns({ a: nested }), { a: [[[{ lat: "x" }]]] })).toContain("row 0 at [0][0].lat,");
    expect(refusal(columns({ a: place }), [{ a: { label: "x" } }])).toContain(
      "at .lat, does not hold what the model takes. Received: undefined. Accepted: double",
    );
    expect(refusal(columns({ a: place }), [{ a: { lat: 1, lon: 2 } }])).toContain(
      "at .lon, does not hold what the model takes. Received: 2. Accepted: { lat: double, label?: string }",
    );
    expect(refusal(columns({ a: { type: "map", values: list } }), [{ a: { x: 1 } }])).toContain(
      "at .x, does not hold what the model takes. Received: 1. Accepted: long[]",
    );
  });

  test("an object of lists is one row where the signature says that a list is one cell", () => {
    const schema = columns({ tags: { type: "array", items: { type: "string" } }, n: "double" });
    expect(taken(schema, { tags: ["x", "y"], n: 1 }).parts.map(({ values }) => values)).toEqual([[["x", "y"]], [1]]);
    expect(taken(schema, { tags: [["x", "y"], []], n: [1, 2] }).parts[0]?.values).toEqual([["x", "y"], []]);
  });

  test("functions are no data", () => {
    expect(refusal(columns({ a: "any" }), [{ a: () => 1 }])).toContain('Received: "a function". Accepted: data');
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactJson } from "../../../src/libraries/exact-json";

describe("exact JSON", () => {
  test("keeps every number but NaN, which is null", () => {
    const numbers = [-0, 0, Infinity, -Infinity, 5e-324, -1.5e300, 0.1];
    expect(JSON.parse(exactJson(numbers))).toEqual(numbers);
    expect(exactJson([Number.NaN])).toBe("[null]");
  });

  test("is JSON.stringify's for everything else", () => {
    const value = fc.anything({ withDate: true, withNullPrototype: true }).filter((one) => isPlain(one));
    fc.assert(fc.property(value, (one) => exactJson(one) === (JSON.stringify(one) ?? "null")));
    class Matrix {
      toJSON = () => [[1, undefined, () => 1]];
    }
    expect(exactJson({ a: new Matrix(), b: undefined, 'a"b': "x\n" })).toBe('{"a":[[1,null,null]],"a\\"b":"x\\n"}');
  });
});

/** No number that JSON.stringify changes. */
const isPlain = (value: unknown): boolean =>
  typeof value === "number"
    ? Number.isFinite(value) && !Object.is(value, -0)
    : value === null || typeof value !== "object" || Object.values(value).every(isPlain);

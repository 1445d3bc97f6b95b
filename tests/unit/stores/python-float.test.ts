import fc from "fast-check";
import { expect, test } from "vitest";
import { formatFloat, parseFloatText } from "../../../src/stores/file/metrics/python-float";
import { samples } from "../../support/samples";

test("numbers are written as Python's repr writes them", () => {
  const cases: [number, string][] = [
    [3, "3.0"],
    [-0, "-0.0"],
    [0.1, "0.1"],
    [1e15, "1000000000000000.0"],
    [2 ** 53, "9007199254740992.0"],
    [1e16, "1e+16"],
    [1.5e22, "1.5e+22"],
    [123456789012345680000, "1.2345678901234568e+20"],
    [0.0001, "0.0001"],
    [0.00001234, "1.234e-05"],
    [1e-7, "1e-07"],
    [-1e-100, "-1e-100"],
    [5e-324, "5e-324"],
    [1.7976931348623157e308, "1.7976931348623157e+308"],
    [Number.NaN, "nan"],
    [Number.POSITIVE_INFINITY, "inf"],
    [Number.NEGATIVE_INFINITY, "-inf"],
  ];
  expect(cases.map(([value]) => formatFloat(value))).toEqual(cases.map(([, text]) => text));
});

test("every number reads back as itself", () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(parseFloatText(formatFloat(value))).toBe(value);
    }),
    { numRuns: samples(5000) },
  );
});

test("what Python's float() takes is read, what it refuses is not", () => {
  expect(["1", "+1.", ".5", "1E5", "NaN", "-Infinity", "+inf", "-nan"].map(parseFloatText)).toEqual([
    1,
    1,
    0.5,
    1e5,
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ]);
  for (const text of ["", ".", "0x10", "1e", "one", "1,5", "--1", "e5"]) expect(parseFloatText(text)).toBeUndefined();
});

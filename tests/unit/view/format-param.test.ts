import { describe, expect, it } from "vitest";
import { formatParam } from "../../../src/view";

describe("a param", () => {
  it.each([
    ["0.0071428571428571435", "0.007143"],
    ["-12.345678", "-12.35"],
    ["3.3333333333333335e-7", "3.333e-7"],
    ["0.00001", "0.00001"],
    [".25", ".25"],
    ["1.0", "1.0"],
    ["0.1", "0.1"],
    ["20261126001", "20261126001"],
    ["1059e759", "1059e759"],
    ["1.10.25", "1.10.25"],
    ["1.25e999", "1.25e999"],
    ["0.123456789abc", "0.123456789abc"],
    ["reg:squarederror", "reg:squarederror"],
    ["", ""],
  ])("%s is shown as %s", (logged, shown) => {
    expect(formatParam(logged)).toBe(shown);
  });
});

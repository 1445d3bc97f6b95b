import { expect, test } from "vitest";
import { onlyMatch } from "../../../src/cli/ids";

const ids = ["abc1", "abd2", "ab", "xyz"];

test("the beginning of one id is enough, a whole id wins over longer ones", () => {
  expect(onlyMatch("run", "abc", ids)).toBe("abc1");
  expect(onlyMatch("run", "ab", ids)).toBe("ab");
});

test("what several begin with, or none, is refused by name", () => {
  expect(() => onlyMatch("run", "a", ids)).toThrow(/3 runs .*abc1, abd2, ab/);
  expect(() => onlyMatch("run", "q", ids)).toThrow('No run "q" exists');
  expect(() => onlyMatch("run", "", ids)).toThrow("No run");
});

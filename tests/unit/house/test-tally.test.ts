import { expect, test } from "vitest";
import { readTestTally } from "../../../scripts/test-tally";

const file = (status: string, ...tests: [fullName: string, status: string][]) => ({
  name: "tests/some.test.ts",
  status,
  assertionResults: tests.map(([fullName, state]) => ({ fullName, status: state })),
});

test("every test of a report counts once, and whatever did not run as skipped", () => {
  const report = { testResults: [file("passed", ["a", "passed"], ["b", "pending"], ["c", "todo"], ["d", "skipped"])] };
  expect(readTestTally(report)).toEqual({ passed: ["a"], failed: [], skipped: ["b", "c", "d"] });
});

test("a file that fails outside its tests counts as a failure, one whose test failed does not count twice", () => {
  const report = { testResults: [file("failed"), file("failed", ["a", "failed"], ["b", "passed"])] };
  expect(readTestTally(report)).toEqual({ passed: ["b"], failed: ["tests/some.test.ts", "a"], skipped: [] });
});

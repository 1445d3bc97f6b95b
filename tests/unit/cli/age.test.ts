import { expect, test } from "vitest";
import { readAge } from "../../../src/cli/gc/age";

test.each([
  ["30d", 30 * 86_400_000],
  ["8h", 8 * 3_600_000],
  ["1d2h3m4s", 86_400_000 + 2 * 3_600_000 + 3 * 60_000 + 4000],
  ["0.5m", 30_000],
])("an age as mlflow gc has it: %s", (text, milliseconds) => {
  expect(readAge(text)).toBe(milliseconds);
});

test.each(["", "1", "h", "1h1d", "1 d", "..d", "-1d", "1w"])("what is none is refused: %j", (text) => {
  expect(() => readAge(text)).toThrow("1d2h3m4s");
});

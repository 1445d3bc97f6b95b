import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { currentRuntime, displayModeOfEnvironment } from "../../../src/runtime";

afterEach(() => {
  vi.unstubAllEnvs();
  process.chdir(before);
});
const before = process.cwd();

test("outside of notebooks it is Node's, without cells", () => {
  expect(currentRuntime()).toMatchObject({ name: "node", isNotebook: false });
  expect(currentRuntime().currentCell()).toBeUndefined();
});

test("packages are found where the user works, and trouble in them is told as it is", () => {
  const folder = mkdtempSync(join(tmpdir(), "trackbook-node-"));
  mkdirSync(join(folder, "node_modules/only-here"), { recursive: true });
  writeFileSync(join(folder, "node_modules/only-here/index.js"), "exports.answer = 42;");
  process.chdir(folder);
  expect(currentRuntime().requireFromUser("only-here")).toEqual({ answer: 42 });
  expect(() => currentRuntime().requireFromUser("nowhere-at-all")).toThrow("Cannot find module 'nowhere-at-all'");
});

test.each([
  ["none", "none"],
  [" Minimal ", "minimal"],
  ["loud", undefined],
  ["", undefined],
])("TRACKBOOK_DISPLAY=%s", (value, expected) => {
  vi.stubEnv("TRACKBOOK_DISPLAY", value);
  expect(displayModeOfEnvironment()).toBe(expected);
});

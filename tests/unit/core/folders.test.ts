import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../../src/core/disk";
import { errorOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";

test("a folder is made with those above it, and stays as it is when it is there", () => {
  const folder = temporaryFolder();
  makeFolder(join(folder, "a/b/c"), 0o700);
  for (const made of ["a", "a/b", "a/b/c"]) expect(statSync(join(folder, made)).mode & 0o777).toBe(0o700);
  mkdirSync(join(folder, "a/b/c/d"));
  makeFolder(join(folder, "a/b/c"));
  expect(readdirSync(join(folder, "a/b/c"))).toEqual(["d"]);
  makeFolder("/");
});

test("what keeps a folder from being made is said as the system says it", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => makeFolder(file)).toThrow(/EEXIST/);
  expect(() => makeFolder(join(file, "below/deep"))).toThrow(/ENOTDIR/);
});

test("where the system keeps no new folders that is said, and soon", () => {
  const error = errorOf(() => makeFolder("/proc/nope/a/b"));
  expect(error).toMatchObject({ code: "INVALID_STATE", received: "/proc/nope" });
});

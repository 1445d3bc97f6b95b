import { resolve } from "node:path";
import { expect, test } from "vitest";
import { hasScheme, isLocalPlace, localPath } from "../../../src/core";

test("a place is a path, a file: URI, or elsewhere", () => {
  for (const place of ["mlruns", "./a:b", "/x/y", "C:\\runs", "d:/runs", "a/b:c"]) {
    expect(hasScheme(place), place).toBe(false);
    expect(isLocalPlace(place), place).toBe(true);
  }
  for (const place of ["file:///x", "FILE:/x", "file:x"]) {
    expect(hasScheme(place), place).toBe(true);
    expect(isLocalPlace(place), place).toBe(true);
  }
  for (const place of ["s3://b/x", "sqlite:///x.db", "mlflow-artifacts:/x", "http://h", "mysql+pymysql://h/x"])
    expect(isLocalPlace(place), place).toBe(false);
});

test.each([
  ["mlruns", resolve("mlruns")],
  ["/x/y/../z", "/x/z"],
  ["file:///x/a%20b", "/x/a b"],
  ["file:/x", "/x"],
  ["file:mlruns", resolve("mlruns")],
  ["file:./ml%20runs", resolve("ml runs")],
])("the path of %s", (place, path) => {
  expect(localPath(place)).toBe(path);
});

test("another host's files are not here", () => {
  expect(() => localPath("file://elsewhere/x")).toThrow();
});

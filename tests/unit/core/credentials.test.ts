import { afterEach, describe, expect, test, vi } from "vitest";
import { withoutCredentials } from "../../../src/core";
import { hidePassword, knownCredentials, withPassword } from "../../../src/core/credentials";
import { artifactAuthorization, noteCredentials, trackingAuthorization } from "../../../src/core/http";

afterEach(() => {
  vi.unstubAllEnvs();
  knownCredentials.clear();
});

describe("a URI as people see it", () => {
  test.each([
    ["postgresql://me:s3cret@host:5432/db", "postgresql://host:5432/db"],
    ["postgresql://me:p@ss@host/db", "postgresql://host/db"],
    ["mysql://me:pa/ss@host/db", "mysql://host/db"],
    ["mysql://me:p?a#ss@host/db", "mysql://host/db"],
    [
      "postgresql://host/db?user=me&password=s3cret&sslmode=require",
      "postgresql://host/db?user=me&password=***&sslmode=require",
    ],
    ["https://me:secret@host/prefix", "https://host/prefix"],
    ["https://token@host", "https://host"],
    ["http://host:5000/a@b", "http://host:5000/a@b"],
    ["http://[::1]:5000/a@b:c@d", "http://[::1]:5000/a@b:c@d"],
    ["s3://bucket/a:b@c", "s3://bucket/a:b@c"],
    ["/home/me@work/mlruns", "/home/me@work/mlruns"],
  ])("%s is %s", (uri, shown) => expect(withoutCredentials(uri)).toBe(shown));
});

test.each([
  ["postgresql://me:s3cret@host:5432/db", "postgresql://me@host:5432/db"],
  ["postgresql://me:p@s/s@host/db", "postgresql://me@host/db"],
  ["postgresql://me@host:5432/db", "postgresql://me@host:5432/db"],
  ["postgresql://host:5432/d@b", "postgresql://host:5432/d@b"],
  ["postgresql://host/db?password=s3cret&user=me", "postgresql://host/db?user=me"],
])("the password of %s is kept beside it", (uri, open) => {
  expect(hidePassword(uri)).toBe(open);
  expect(withPassword(open)).toBe(uri);
});

test("artifacts that lie elsewhere are not told who is asking", () => {
  vi.stubEnv("MLFLOW_TRACKING_TOKEN", "token");
  const asked = (url: string, trackingUri?: string) => artifactAuthorization(new URL(url), trackingUri);
  expect(asked("http://evil.example/x", "http://good.example:5000")).toBeUndefined();
  expect(asked("http://good.example/x", "http://good.example:5000")).toBeUndefined();
  expect(asked("http://good.example/x", "https://good.example")).toBeUndefined();
  expect(asked("http://good.example/x")).toBeUndefined();
  expect(asked("http://good.example:5000/x", "http://good.example:5000/prefix")).toBe("Bearer token");
  expect(asked("http://me:own@evil.example/x", "http://good.example")).toBe(`Basic ${btoa("me:own")}`);
});

test("a user and password in a URL are those of all requests to its host, and artifacts' URLs change nothing of it", () => {
  noteCredentials(new URL("http://me:secret@good.example:5000"));
  const plain = new URL("http://good.example:5000/api");
  expect(trackingAuthorization(plain)).toBe(`Basic ${btoa("me:secret")}`);
  artifactAuthorization(new URL("http://you:other@good.example:5000/x"), plain.href);
  expect(trackingAuthorization(plain)).toBe(`Basic ${btoa("me:secret")}`);
});

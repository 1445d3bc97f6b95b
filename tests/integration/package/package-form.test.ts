import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { runCommand } from "../../../scripts/run-command";
import { type PackedPackage, packPackage, readManifest } from "./packed-package";

let packed: PackedPackage;
beforeAll(async () => {
  packed = await packPackage();
});

describe("the packed package", () => {
  test("holds the built code and what people read, nothing else", () => {
    const allowed =
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/.+\.(js|mjs|d\.ts|d\.mts)|dist\/cli\/demo\/data\/\w+\.json|dist\/models\/python\/\w+\/\w+\.py|dist\/stores\/sql\/schema\/\w+\.sql)$/;
    expect(packed.files.filter((path) => !allowed.test(path))).toEqual([]);
    const toRead = ["LICENSE", "README.md", "CHANGELOG.md"];
    expect(packed.files.filter((path) => toRead.includes(path)).sort()).toEqual(toRead.sort());
  });

  test("holds what goes with a model for Python", () => {
    const sources = readdirSync(join(REPOSITORY, "src/models/python"), { recursive: true, encoding: "utf8" });
    const python = sources.filter((path) => path.endsWith(".py")).map((path) => `dist/models/python/${path}`);
    expect(python.length).toBeGreaterThan(0);
    expect(packed.files).toEqual(expect.arrayContaining([...python, "dist/models/python/node/main.js"]));
  });

  test("is small: under 1 MB to download", () => {
    expect(packed.size).toBeLessThan(1_000_000);
  });

  test("is what publint expects of a package", async () => {
    const [{ publint }, { formatMessage }] = await Promise.all([import("publint"), import("publint/utils")]);
    const tarball = readFileSync(packed.tarball);
    const bytes = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) as ArrayBuffer;
    const { messages } = await publint({ pack: { tarball: bytes }, strict: true });
    const manifest = readManifest();
    expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual([]);
  });

  test("has types that every way of resolving modules finds and that tell the truth", async () => {
    const attw = createRequire(__filename).resolve("@arethetypeswrong/cli/package.json");
    const command = join(dirname(attw), "dist/index.js");
    const args = [command, packed.tarball, "--no-definitely-typed", "--no-color", "--no-emoji"];
    expect(await runCommand(process.execPath, args)).toContain("No problems found");
  });
});

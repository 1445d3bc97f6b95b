import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ModelEnvironment } from "../../../../src/models/environment";
import { capturedStderr } from "../../../support/captured-stderr";
import { installedTree } from "../../../support/installed-tree";
import { temporaryFolder } from "../../../support/temporary-folder";
import { environmentIn, pathsOf, placesIn, textOf } from "./pinned";

/** The folder into which tar unpacks a tarball that goes with a model. */
function unpacked({ files }: ModelEnvironment, path: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.tgz"), files.find((file) => file.path === path)?.bytes as Uint8Array);
  execFileSync("tar", ["-xzf", "a.tgz"], { cwd: folder });
  return join(folder, "package");
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

const OWN = {
  "own/package.json": JSON.stringify({
    name: "@me/own",
    version: "0.3.0",
    main: "./lib/index",
    scripts: { install: "exit 1", prepare: "exit 1" },
    dependencies: { tool: "workspace:*", other: "^1.0.0" },
    devDependencies: { secret: "file:/home/me/secret" },
  }),
  "own/lib/index.js": "exports.own = true;\n",
  "own/lib/deep/data.bin": "\0\x01",
  "own/test/test.js": "",
  "own/.env": "SECRET=1",
  "own/.git/config": "",
  "own/node_modules/inner/index.js": "",
  "tool/package.json": JSON.stringify({ name: "tool" }),
  "tool/index.js": "exports.tool = true;\n",
};

describe("a package that is linked", () => {
  const project = () =>
    installedTree({
      "node_modules/@me/own": { link: "own" },
      "node_modules/tool": { link: "tool" },
      "node_modules/other": { version: "1.1.0" },
      ...OWN,
    });

  test("goes with the model, and so does one that it needs in turn", () => {
    const environment = environmentIn(project(), "@me/own");
    expect(pathsOf(environment)).toEqual([
      "package.json",
      "package-lock.json",
      "packages/me-own-0.3.0.tgz",
      "packages/tool-0.0.0.tgz",
    ]);
    expect(JSON.parse(textOf(environment, "package.json")).dependencies).toEqual({
      "@me/own": "file:packages/me-own-0.3.0.tgz",
    });
    const { bytes = "" } = environment.files[2] ?? {};
    expect(placesIn(environment)).toEqual({
      "node_modules/@me/own": {
        version: "0.3.0",
        resolved: "file:packages/me-own-0.3.0.tgz",
        integrity: `sha512-${createHash("sha512").update(bytes).digest("base64")}`,
        dependencies: { other: "^1.0.0", tool: "0.0.0" },
      },
      "node_modules/other": { version: "1.1.0" },
      "node_modules/tool": {
        version: "0.0.0",
        resolved: "file:packages/tool-0.0.0.tgz",
        integrity: expect.stringMatching(/^sha512-/),
      },
    });
  });

  test("is packed as npm would, without its developers' scripts, folders and dependencies", () => {
    const folder = unpacked(environmentIn(project(), "@me/own"), "packages/me-own-0.3.0.tgz");
    expect(filesIn(folder)).toEqual(["lib/deep/data.bin", "lib/index.js", "package.json", "test/test.js"]);
    expect(readFileSync(join(folder, "lib/deep/data.bin"), "latin1")).toBe("\0\x01");
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))).toEqual({
      name: "@me/own",
      version: "0.3.0",
      main: "./lib/index",
      dependencies: { other: "^1.0.0", tool: "0.0.0" },
    });
  });

  test("is packed with what its list of files names, where it has one", () => {
    const folder = installedTree({
      "node_modules/listed": { link: "listed" },
      "listed/package.json": JSON.stringify({
        main: "main",
        bin: "cli.js",
        files: ["/lib/**/*.js", "data/", "!lib/x"],
      }),
      "listed/main.js": "",
      "listed/cli.js": "",
      "listed/README.md": "",
      "listed/lib/deep/a.js": "",
      "listed/data/b.csv": "",
      "listed/src/c.ts": "",
      "listed/library.txt": "",
    });
    chmodSync(join(folder, "listed/cli.js"), 0o755);
    const environment = environmentIn(folder, "listed");
    const packed = unpacked(environment, "packages/listed-0.0.0.tgz");
    expect(filesIn(packed)).toEqual(["README.md", "cli.js", "data/b.csv", "lib/deep/a.js", "main.js", "package.json"]);
    expect(statSync(join(packed, "cli.js")).mode & 0o777).toBe(0o755);
    expect(statSync(join(packed, "main.js")).mode & 0o777).toBe(0o644);
  });

  test("keeps names of any length and script", () => {
    const names = [`${"long/".repeat(30)}é.js`, `${"x".repeat(99)}.js`, `${"x".repeat(91)}`, "日本.js"];
    const folder = installedTree({
      "node_modules/named": { link: "named" },
      "named/package.json": "{}",
      ...Object.fromEntries(names.map((name) => [`named/${name}`, `${name.length}`])),
    });
    const packed = unpacked(environmentIn(folder, "named"), "packages/named-0.0.0.tgz");
    expect(filesIn(packed)).toEqual([...names, "package.json"].sort());
    for (const name of names) expect(readFileSync(join(packed, name), "utf8")).toBe(`${name.length}`);
  });

  test("is the same to the last byte whoever packs it", () => {
    const [one, other] = [environmentIn(project(), "@me/own"), environmentIn(project(), "@me/own")];
    expect(one.files).toEqual(other.files);
  });

  test("and is too large leaves the model without, with one warning", () => {
    const stderr = capturedStderr();
    const folder = installedTree({
      "node_modules/huge": { link: "huge" },
      "huge/package.json": "{}",
      "huge/data.bin": "x".repeat(4_000_001),
      "node_modules/many": { link: "many" },
      "many/package.json": "{}",
      ...Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`many/${index}`, ""])),
    });
    expect(environmentIn(folder, "huge")).toBeUndefined();
    expect(environmentIn(folder, "huge")).toBeUndefined();
    expect(environmentIn(folder, "many")).toBeUndefined();
    expect(stderr).toEqual([
      expect.stringMatching(/^trackbook: .+ not pinned .+huge comes from no registry and is too large/),
      expect.stringContaining("many comes from no registry and is too large"),
    ]);
  });
});

describe("a package that stands in node_modules goes with the model as well", () => {
  const isCopied = (tree: Parameters<typeof installedTree>[0]) =>
    pathsOf(environmentIn(installedTree(tree), "one")).includes("packages/one-1.0.0.tgz");

  test.each(["file:../one.tgz", "git+ssh://git@example.com/me/one.git", "link:../one", "github:me/one", "me/one"])(
    "when the project asks for %s",
    (spec) => {
      const project = JSON.stringify({ dependencies: { one: spec } });
      expect(isCopied({ "node_modules/one": {}, "package.json": project })).toBe(true);
    },
  );

  test.each(["^1.0.0", "latest", "npm:one@1", "catalog:", "*"])("but not when it asks for %s", (spec) => {
    const project = JSON.stringify({ devDependencies: { one: spec } });
    expect(isCopied({ "node_modules/one": {}, "package.json": project })).toBe(false);
  });

  test("when npm says that it came from a file or from git", () => {
    const record = (resolved: string) =>
      JSON.stringify({ packages: { "node_modules/one": { version: "1.0.0", resolved } } });
    for (const resolved of ["file:../one-1.0.0.tgz", "git+ssh://git@example.com/one.git#0123"])
      expect(isCopied({ "node_modules/one": {}, "node_modules/.package-lock.json": record(resolved) })).toBe(true);
    const address = record("https://example.com/one/-/one-1.0.0.tgz");
    expect(isCopied({ "node_modules/one": {}, "node_modules/.package-lock.json": address })).toBe(false);
  });

  test("when it is private, or its package manager has patched it", () => {
    expect(isCopied({ "node_modules/one": { private: true } })).toBe(true);
    for (const [store, copied] of [
      ["one@1.0.0", false],
      ["one@1.0.0_patch_hash=abc", true],
      ["one@file+..+one.tgz", true],
    ] as const) {
      const place = `node_modules/.pnpm/${store}/node_modules/one`;
      expect(isCopied({ "node_modules/one": { link: place }, [place]: {} })).toBe(copied);
    }
  });

  test("when another package asks for it by an address", () => {
    const project = installedTree({
      "node_modules/asking": { dependencies: { one: "https://example.com/one.tgz" } },
      "node_modules/one": {},
    });
    const environment = environmentIn(project, "asking");
    expect(pathsOf(environment)).toContain("packages/one-1.0.0.tgz");
    expect(placesIn(environment)["node_modules/asking"]?.dependencies).toEqual({ one: "1.0.0" });
  });
});

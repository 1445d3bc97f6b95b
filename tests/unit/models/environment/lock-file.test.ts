import { rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { capturedStderr } from "../../../support/captured-stderr";
import { installedTree } from "../../../support/installed-tree";
import { environmentIn, pathsOf, placesIn, textOf, versionsIn } from "./pinned";

describe("what a model needs", () => {
  test("stands beside it as npm writes it, in the versions that are installed", () => {
    const project = installedTree({
      "node_modules/forest": { version: "2.1.0", dependencies: { tree: "^1.0.0" }, devDependencies: { lint: "*" } },
      "node_modules/tree": { version: "1.4.2", engines: { node: ">=20" }, bin: "tree.js", scripts: { test: "no" } },
      "node_modules/lint": {},
      "node_modules/other": {},
      "node_modules/.package-lock.json": JSON.stringify({
        packages: { "node_modules/forest": { version: "2.1.0", integrity: "sha512-f" } },
      }),
    });
    const environment = environmentIn(project, "forest");
    expect(pathsOf(environment)).toEqual(["package.json", "package-lock.json"]);
    expect(environment.versions).toEqual({ forest: "2.1.0" });
    expect(textOf(environment, "package.json")).toBe(`{
  "name": "model",
  "description": "The packages that this model needs, in the versions that it was trained with: npm ci installs them.",
  "private": true,
  "dependencies": {
    "forest": "2.1.0"
  }
}
`);
    expect(textOf(environment, "package-lock.json")).toBe(`{
  "name": "model",
  "lockfileVersion": 3,
  "requires": true,
  "packages": {
    "": {
      "name": "model",
      "dependencies": {
        "forest": "2.1.0"
      }
    },
    "node_modules/forest": {
      "version": "2.1.0",
      "integrity": "sha512-f",
      "dependencies": {
        "tree": "^1.0.0"
      }
    },
    "node_modules/tree": {
      "version": "1.4.2",
      "bin": {
        "tree": "tree.js"
      },
      "engines": {
        "node": ">=20"
      }
    }
  }
}
`);
  });

  test("has the copies that were nested for their version nested", () => {
    const project = installedTree({
      "node_modules/a": { dependencies: { b: "^2.0.0", c: "^1.0.0" } },
      "node_modules/a/node_modules/b": { version: "2.0.0" },
      "node_modules/b": { version: "1.0.0" },
      "node_modules/c": { dependencies: { b: "^1.0.0" } },
    });
    expect(versionsIn(environmentIn(project, "a"))).toEqual({
      "node_modules/a": "1.0.0",
      "node_modules/b": "2.0.0",
      "node_modules/c": "1.0.0",
      "node_modules/c/node_modules/b": "1.0.0",
    });
  });

  test("has each package find the same as before where the layout was one of links, as pnpm's", () => {
    const store = (name: string, version: string) =>
      `node_modules/.pnpm/${name.replace("/", "+")}@${version}/node_modules`;
    const project = installedTree({
      "node_modules/@x/a": { link: `${store("@x/a", "1.0.0")}/@x/a` },
      [`${store("@x/a", "1.0.0")}/@x/a`]: { dependencies: { b: "2.x", c: "*" } },
      [`${store("@x/a", "1.0.0")}/b`]: { link: `${store("b", "2.0.0")}/b` },
      [`${store("@x/a", "1.0.0")}/c`]: { link: `${store("c", "3.0.0")}/c` },
      [`${store("b", "2.0.0")}/b`]: { version: "2.0.0" },
      [`${store("b", "1.0.0")}/b`]: { version: "1.0.0" },
      [`${store("c", "3.0.0")}/c`]: { version: "3.0.0", dependencies: { b: "1.x" } },
      [`${store("c", "3.0.0")}/b`]: { link: `${store("b", "1.0.0")}/b` },
    });
    expect(versionsIn(environmentIn(project, "@x/a"))).toEqual({
      "node_modules/@x/a": "1.0.0",
      "node_modules/b": "2.0.0",
      "node_modules/c": "3.0.0",
      "node_modules/c/node_modules/b": "1.0.0",
    });
  });

  test("is looked for upwards, as Node does", () => {
    const project = installedTree({
      "node_modules/a": { dependencies: { b: "*" } },
      "node_modules/b": {},
      "apps/one/node_modules/b": { version: "2.0.0" },
      "apps/one/program.js": "",
    });
    expect(versionsIn(environmentIn(`${project}/apps/one`, "a", "b"))).toEqual({
      "node_modules/a": "1.0.0",
      "node_modules/a/node_modules/b": "1.0.0",
      "node_modules/b": "2.0.0",
    });
  });

  test("is once there where several copies of one version were installed", () => {
    const project = installedTree({
      "node_modules/a": { dependencies: { b: "*", c: "*" } },
      "node_modules/a/node_modules/b": { dependencies: { d: "*" } },
      "node_modules/c": { dependencies: { b: "*" } },
      "node_modules/c/node_modules/b": { dependencies: { d: "*" } },
      "node_modules/d": {},
    });
    expect(Object.keys(versionsIn(environmentIn(project, "a")))).toEqual(
      ["a", "b", "c", "d"].map((name) => `node_modules/${name}`),
    );
  });

  test("is twice there where two copies of one version see different others", () => {
    const project = installedTree({
      "node_modules/a": { dependencies: { b: "*", c: "*" } },
      "node_modules/b": { dependencies: { d: "*" } },
      "node_modules/c": { dependencies: { b: "*", d: "*" } },
      "node_modules/c/node_modules/b": { dependencies: { d: "*" } },
      "node_modules/c/node_modules/d": { version: "2.0.0" },
      "node_modules/d": { version: "1.0.0" },
    });
    expect(versionsIn(environmentIn(project, "a"))).toMatchObject({
      "node_modules/b": "1.0.0",
      "node_modules/c/node_modules/b": "1.0.0",
      "node_modules/c/node_modules/d": "2.0.0",
      "node_modules/d": "1.0.0",
    });
  });

  test("of packages that need each other is finite", () => {
    const project = installedTree({
      "node_modules/a": { dependencies: { b: "*" } },
      "node_modules/b": { dependencies: { a: "*" } },
    });
    expect(Object.keys(versionsIn(environmentIn(project, "a")))).toEqual(["node_modules/a", "node_modules/b"]);
  });

  test("is read once: what happens to the folder later is not of this process", () => {
    const project = installedTree({ "node_modules/a": { dependencies: { b: "*" } }, "node_modules/b": {} });
    const before = environmentIn(project, "a");
    rmSync(`${project}/node_modules/b`, { recursive: true });
    expect(environmentIn(project, "a")).toEqual(before);
  });
});

describe("a dependency", () => {
  test("that is optional is marked so, with all that only it needs, and left out where it is not installed", () => {
    const project = installedTree({
      "node_modules/a": {
        dependencies: { here: "*", both: "*" },
        optionalDependencies: { here: "^1.0.0", "not-here": "*" },
      },
      "node_modules/here": { os: ["linux"], cpu: ["x64"], dependencies: { deeper: "*", both: "*" } },
      "node_modules/deeper": {},
      "node_modules/both": {},
    });
    const places = placesIn(environmentIn(project, "a"));
    expect(places["node_modules/a"]).toEqual({
      version: "1.0.0",
      dependencies: { both: "*" },
      optionalDependencies: { here: "^1.0.0" },
    });
    expect(places["node_modules/here"]).toMatchObject({ optional: true, os: ["linux"], cpu: ["x64"] });
    expect(places["node_modules/deeper"]?.optional).toBe(true);
    expect(places["node_modules/both"]).not.toHaveProperty("optional");
  });

  test("on a peer is one like any other, unless the peer is optional", () => {
    const project = installedTree({
      "node_modules/layers": {
        peerDependencies: { core: "4.0.0", gpu: "*" },
        peerDependenciesMeta: { gpu: { optional: true } },
      },
      "node_modules/core": { version: "4.0.0" },
      "node_modules/gpu": {},
    });
    const places = placesIn(environmentIn(project, "layers"));
    expect(Object.keys(places)).toEqual(["node_modules/core", "node_modules/layers"]);
    expect(places["node_modules/layers"]?.dependencies).toEqual({ core: "4.0.0" });
  });

  test("that the installed version does not answer (an override, a tag) is one on that very version", () => {
    const project = installedTree({
      "node_modules/a": { dependencies: { overridden: "^1.0.0", tagged: "next", pre: "^1.0.0", any: "" } },
      "node_modules/overridden": { version: "3.0.0" },
      "node_modules/tagged": { version: "2.0.0" },
      "node_modules/pre": { version: "1.0.0-beta.1" },
      "node_modules/any": {},
    });
    expect(placesIn(environmentIn(project, "a"))["node_modules/a"]?.dependencies).toEqual({
      any: "",
      overridden: "3.0.0",
      pre: "1.0.0-beta.1",
      tagged: "2.0.0",
    });
  });

  test("under another name keeps both its names", () => {
    const project = installedTree({
      "node_modules/a": { dependencies: { old: "npm:b@^1.0.0", older: "npm:@x/c@latest" } },
      "node_modules/old": { name: "b", version: "1.2.0" },
      "node_modules/older": { name: "@x/c", version: "0.1.0" },
    });
    const places = placesIn(environmentIn(project, "a"));
    expect(places["node_modules/a"]?.dependencies).toEqual({ old: "npm:b@^1.0.0", older: "npm:@x/c@0.1.0" });
    expect(places["node_modules/old"]).toEqual({ name: "b", version: "1.2.0" });
  });

  test("that is missing is left out as it was, with one warning", () => {
    const stderr = capturedStderr();
    const project = installedTree({ "node_modules/lacking": { dependencies: { "never-there": "*" } } });
    const environment = environmentIn(project, "lacking");
    expect(placesIn(environment)["node_modules/lacking"]).toEqual({ version: "1.0.0" });
    environmentIn(project, "lacking");
    expect(stderr).toEqual([
      "trackbook: the packages that go with models of lacking are incomplete, as they are installed here: lacking needs never-there\n",
    ]);
  });

  test("whose package.json cannot be read leaves the model without, with one warning; an optional one is left out", () => {
    const stderr = capturedStderr();
    const project = installedTree({
      "node_modules/broken-user": { dependencies: { broken: "*" } },
      "node_modules/lucky": { optionalDependencies: { broken: "*" } },
      "node_modules/broken/package.json": "{",
    });
    for (let time = 0; time < 2; time++) expect(environmentIn(project, "broken-user")).toBeUndefined();
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).toContain(`${project}/node_modules/broken/package.json cannot be read`);
    expect(versionsIn(environmentIn(project, "lucky"))).toEqual({ "node_modules/lucky": "1.0.0" });
  });

  test("in a circle of versions that has no end leaves the model without, with one warning", () => {
    const stderr = capturedStderr();
    const store = (id: string) => `node_modules/.pnpm/${id}/node_modules`;
    const one = (name: string, version: string, other: string, otherVersion: string) => ({
      [`${store(`${name}@${version}`)}/${name}`]: { version: `${version}.0.0`, dependencies: { [other]: "*" } },
      [`${store(`${name}@${version}`)}/${other}`]: { link: `${store(`${other}@${otherVersion}`)}/${other}` },
    });
    const project = installedTree({
      "node_modules/chick": { link: `${store("chick@1")}/chick` },
      ...one("chick", "1", "egg", "1"),
      ...one("egg", "1", "chick", "2"),
      ...one("chick", "2", "egg", "2"),
      ...one("egg", "2", "chick", "1"),
    });
    expect(environmentIn(project, "chick")).toBeUndefined();
    expect(stderr.join()).toContain("circle of versions");
  });
});

import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { environmentOf, type EnvironmentTrace } from "../../../../src/models/environment";
import { capturedStderr } from "../../../support/captured-stderr";
import { installedTree } from "../../../support/installed-tree";

/** The version of `name` that is pinned for a model of which this is known. */
const versionOf = (name: string, trace: EnvironmentTrace) =>
  environmentOf({ packages: [name] }, {}, trace)?.versions[name];

const MODULE = `exports.Model = class {};`;

/** A program with two copies of a library, `1.0.0` at the top, each made of a door and of a part that trains. */
function twoCopies(door: string, part: string) {
  const copy = (modules: string, version: string) => ({
    [`${modules}/${door}`]: { version, dependencies: { [part]: "*" } },
    [`${modules}/${part}`]: { version },
  });
  const project = installedTree({
    ...copy("node_modules", "1.0.0"),
    ...copy("other/node_modules", "2.0.0"),
    [`node_modules/${part}/index.js`]: MODULE,
    [`other/node_modules/${part}/index.js`]: MODULE,
  });
  const load = (folder: string, name: string) => createRequire(join(project, folder, "index.js"))(name);
  return { project, load };
}

describe("the versions that are pinned are those of the copy that made the model", () => {
  test("known by the file in which its training was seen, whatever else is loaded", () => {
    const { project, load } = twoCopies("door-a", "part-a");
    for (const folder of ["", "other"]) for (const name of ["door-a", "part-a"]) load(folder, name);
    expect(versionOf("door-a", { file: join(project, "node_modules/part-a/index.js") })).toBe("1.0.0");
    expect(versionOf("door-a", { file: join(project, "other/node_modules/part-a/index.js") })).toBe("2.0.0");
    expect(versionOf("door-a", { file: join(project, "other/node_modules/door-a/lib/index.js") })).toBe("2.0.0");
  });

  test("known by its class", () => {
    const { load } = twoCopies("door-b", "part-b");
    const { Model: First } = load("", "part-b");
    const { Model: Second } = load("other", "part-b");
    class Own extends Second {}
    expect(versionOf("part-b", { model: new First() })).toBe("1.0.0");
    expect(versionOf("part-b", { model: new Second() })).toBe("2.0.0");
    expect(versionOf("part-b", { model: new Own() })).toBe("2.0.0");
  });

  test("found from a program that imports it, or from the working directory, where it was not loaded", () => {
    const { project } = twoCopies("door-c", "part-c");
    expect(
      environmentOf({}, { packages: ["door-c"], importedBy: join(project, "other/predict.js") }, {})?.versions,
    ).toEqual({
      "door-c": "2.0.0",
    });
    const cwd = process.cwd();
    process.chdir(join(project, "other/node_modules"));
    try {
      expect(versionOf("door-c", {})).toBe("2.0.0");
    } finally {
      process.chdir(cwd);
    }
  });

  test("found from the main script, wherever the program was started", () => {
    const { project } = twoCopies("door-d", "part-d");
    const { argv } = process;
    process.argv = [argv[0] as string, join(project, "other/train.js")];
    try {
      expect(versionOf("door-d", {})).toBe("2.0.0");
    } finally {
      process.argv = argv;
    }
  });
});

test("of packages any of which will do, the one that made the model is pinned, the first rather than the others", () => {
  const { project, load } = twoCopies("door-e", "part-e");
  const packages = [["door-e", "part-e"]];
  const versions = (trace: EnvironmentTrace) => environmentOf({ packages }, {}, trace)?.versions;
  const part = load("", "part-e");
  expect(versions({ file: join(project, "node_modules/part-e/index.js") })).toEqual({ "part-e": "1.0.0" });
  load("", "door-e");
  expect(versions({ file: join(project, "node_modules/part-e/index.js") })).toEqual({ "door-e": "1.0.0" });
  expect(versions({ file: join(project, "other/predict.js") })).toEqual({ "door-e": "2.0.0" });
  expect(versions({ model: new part.Model() })).toEqual({ "part-e": "1.0.0" });
});

test("a package that is nowhere leaves the model without, with one warning, or none", () => {
  const stderr = capturedStderr();
  expect(versionOf("never-installed", { silent: true })).toBeUndefined();
  expect(stderr).toEqual([]);
  expect(versionOf("never-installed", {})).toBeUndefined();
  expect(versionOf("never-installed", {})).toBeUndefined();
  expect(stderr).toEqual([expect.stringContaining("never-installed is in no node_modules folder of this program")]);
});

test("trackbook itself is not pinned, and a model that needs nothing says so", () => {
  const environment = environmentOf({}, { packages: ["trackbook"] }, {});
  expect(environment?.versions).toEqual({});
  expect(JSON.parse(String(environment?.files[1]?.bytes)).packages).toEqual({
    "": { name: "model", dependencies: {} },
  });
});

test("a flavor that says nothing of packages has no environment", () => {
  expect(environmentOf({}, {}, {})).toBeUndefined();
});

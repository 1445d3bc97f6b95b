import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { isolatedEnvironment } from "../../../src/models/environment/isolated";
import { environmentOf, type ModelEnvironment } from "../../../src/models/environment";
import { PACKAGE } from "../../support/installed-folder";
import { installedTree } from "../../support/installed-tree";
import { runNode } from "../../support/run-node";
import { temporaryFolder } from "../../support/temporary-folder";
import { folderOf, pinned, pinningFolder } from "./pinning-folder";

let cache: string;
beforeEach(() => {
  cache = temporaryFolder();
  vi.stubEnv("XDG_CACHE_HOME", cache);
  onTestFinished(() => void vi.unstubAllEnvs());
});

const requireFrom = (folder: string, name: string) => createRequire(join(folder, "index.js"))(name);
const environments = () => readdirSync(join(cache, "trackbook/environments"));

/** Asks in a process of its own. */
const ASK = `
  const { isolatedEnvironment } = require(process.argv[2]);
  Promise.all([1, 2].map(() => isolatedEnvironment(process.argv[3]))).then(
    (folders) => console.log(JSON.stringify(folders)),
    (error) => console.log(JSON.stringify(error.message)),
  );`;
const askArguments = (model: string) => {
  const program = join(temporaryFolder(), "ask.cjs");
  writeFileSync(program, ASK);
  return [program, join(PACKAGE, "dist/models/environment/isolated"), model];
};

describe("an isolated environment", () => {
  test("has what the model pins and nothing else, and is made once for all models that pin the same", async () => {
    const onInstall = vi.fn();
    const folder = await isolatedEnvironment(pinningFolder(), { onInstall });
    expect(folder).toBe(join(cache, "trackbook/environments", basename(folder)));
    expect(requireFrom(folder, "median-quickselect")).toBeTypeOf("function");
    expect(readdirSync(join(folder, "node_modules")).sort()).toEqual([".package-lock.json", "median-quickselect"]);

    vi.stubEnv("PATH", "");
    expect(await isolatedEnvironment(pinningFolder(), { onInstall })).toBe(folder);
    expect(onInstall.mock.calls).toEqual([[folder]]);
    expect(environments()).toEqual([basename(folder)]);
  });

  test("of a model that needs nothing is empty", async () => {
    const { files } = environmentOf({}, { packages: [] }, {}) as ModelEnvironment;
    const folder = await isolatedEnvironment(folderOf({ files, versions: {} }));
    expect(readdirSync(join(folder, "node_modules"))).toEqual([".package-lock.json"]);
  });

  test("has the packages that go with the model, for they are in no registry", async () => {
    const project = installedTree({
      "node_modules/own": { link: "own" },
      "own/package.json": "{}",
      "own/index.js": "module.exports = 'own';",
    });
    const folder = await isolatedEnvironment(folderOf(pinned(join(project, "program.js"), "own")));
    rmSync(project, { recursive: true });
    expect(requireFrom(folder, "own")).toBe("own");
  });

  test("is another one for a model that pins others", async () => {
    const one = await isolatedEnvironment(pinningFolder());
    const other = await isolatedEnvironment(pinningFolder("ml-array-median"));
    expect(other).not.toBe(one);
    expect(requireFrom(other, "ml-array-median")).toBeTruthy();
    expect(() => requireFrom(one, "ml-array-median")).toThrow("Cannot find module");
  });

  test("is whole for everybody who asks at once, in however many processes", async () => {
    const model = pinningFolder();
    const ended = await Promise.all(
      [1, 2, 3].map(() => runNode(process.execPath, askArguments(model), cache, { XDG_CACHE_HOME: cache })),
    );
    const folders = ended.flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
    expect(new Set(folders).size).toBe(1);
    expect(requireFrom(folders[0] as string, "median-quickselect")).toBeTypeOf("function");
    expect(environments()).toEqual([basename(folders[0] as string)]);
  });

  test("is made again when an installation was killed, and what that has left is removed when it is old", async () => {
    const model = pinningFolder();
    const [program = "", ...args] = askArguments(model);
    // A process group of its own: npm dies with it.
    const child = spawn(process.execPath, [program, ...args], { detached: true, stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("close", resolve));
    const parent = join(cache, "trackbook/environments");
    await vi.waitUntil(() => existsSync(parent) && readdirSync(parent).length > 0, { timeout: 30_000, interval: 1 });
    process.kill(-(child.pid as number), "SIGKILL");
    await ended;
    const [left = ""] = environments();
    expect(left).toContain(".installing-");

    const folder = await isolatedEnvironment(model);
    expect(requireFrom(folder, "median-quickselect")).toBeTypeOf("function");
    expect(environments().sort()).toEqual([basename(folder), left]);

    utimesSync(join(parent, left), 0, 0);
    rmSync(join(folder, "node_modules/.package-lock.json"));
    expect(await isolatedEnvironment(model)).toBe(folder);
    expect(environments()).toEqual([basename(folder)]);
  });
});

describe("an environment that cannot be made leaves nothing, and the error says why", () => {
  test("without npm", async () => {
    vi.stubEnv("PATH", dirname(pinningFolder()));
    await expect(isolatedEnvironment(pinningFolder())).rejects.toMatchObject({
      code: "MISSING_PACKAGE",
      message: expect.stringContaining("no npm"),
    });
    expect(environments()).toEqual([]);
  });

  test("when npm fails: with the last that it printed", async () => {
    const model = pinningFolder();
    const lock = join(model, "package-lock.json");
    writeFileSync(lock, readFileSync(lock, "utf8").replace(/sha512-[^"]+/, `sha512-${"A".repeat(86)}==`));
    await expect(isolatedEnvironment(model)).rejects.toMatchObject({
      code: "INTERNAL_ERROR",
      message: expect.stringMatching(/npm ci ended with 1.+EINTEGRITY/s),
    });
    expect(environments()).toEqual([]);
  });

  test("when the model pins nothing", async () => {
    const model = pinningFolder();
    rmSync(join(model, "package-lock.json"));
    await expect(isolatedEnvironment(model)).rejects.toMatchObject({
      code: "RESOURCE_DOES_NOT_EXIST",
      message: expect.stringContaining("has no package-lock.json"),
    });
  });
});

import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runCommand } from "../../../scripts/run-command";
import { PACKAGE } from "../../support/installed-folder";
import { runNode } from "../../support/run-node";
import { installedProject, needsIn, newFolder, npmCi } from "./installed-project";

const PROGRAM = `
  const { saveModel } = require(process.argv[2]);
  const { SimpleLinearRegression } = require("ml-regression");
  saveModel(new SimpleLinearRegression([1, 2, 3], [2, 4, 7]), process.argv[3]);`;

test.each(["npm", "pnpm", "yarn"] as const)(
  "what %s has installed is what npm ci installs for the model, every package checked",
  async (installer) => {
    // An older release at the top: those that need a newer one have theirs nested, or linked.
    const project = await installedProject({ "ml-regression": "6.3.0", "ml-matrix": "6.10.0" }, installer);
    const model = join(newFolder(), "model");
    onTestFinished(() => {
      for (const folder of [`${project}-renamed`, model]) rmSync(folder, { recursive: true, force: true });
    });
    writeFileSync(join(project, "train.cjs"), PROGRAM);
    const ended = await runNode(process.execPath, ["train.cjs", PACKAGE, model], project);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const needed = needsIn(project, "ml-regression");
    renameSync(project, `${project}-renamed`);

    await npmCi(model);
    expect(needsIn(model, "ml-regression")).toEqual(needed);
    const lock = JSON.parse(await runNode(process.execPath, ["-p", LOCK], model).then(({ stdout }) => stdout));
    expect(lock.length).toBeGreaterThan(10);
    expect(lock.filter(([, integrity]: [string, string?]) => !integrity?.startsWith("sha512-"))).toEqual([]);
  },
);

test("a program that has no more than the package of one class pins that", async () => {
  const name = "ml-regression-multivariate-linear";
  const project = await installedProject({ [name]: "2.0.4" });
  const model = join(newFolder(), "model");
  onTestFinished(() => {
    for (const folder of [project, model]) rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(project, "train.cjs"), MULTIVARIATE);
  const ended = await runNode(process.execPath, ["train.cjs", PACKAGE, model], project, { TRACKBOOK_TESTING: "1" });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  const { dependencies } = JSON.parse(readFileSync(join(model, "package.json"), "utf8"));
  expect(dependencies).toEqual({ [name]: "2.0.4" });
  await npmCi(model);
  expect(needsIn(model, name)).toEqual(needsIn(project, name));
});

const MULTIVARIATE = `
  const { saveModel } = require(process.argv[2]);
  const Regression = require("ml-regression-multivariate-linear");
  saveModel(new Regression([[1], [2], [3]], [[2], [4], [7]]), process.argv[3]);`;

test("a library that is linked goes with the model, and npm ci installs it with all that it needs", async () => {
  const project = await installedProject({ "ml-random-forest": "2.1.0" });
  const model = join(newFolder(), "model");
  onTestFinished(() => {
    for (const folder of [`${project}-renamed`, model]) rmSync(folder, { recursive: true, force: true });
  });
  // A fork that its developer works on.
  const fork = join(project, "fork");
  cpSync(join(project, "node_modules/ml-random-forest"), fork, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(fork, "package.json"), "utf8"));
  const scripts = { prepare: "exit 1", postinstall: "exit 1" };
  const forked = { ...manifest, version: "2.1.0-fork", scripts, devDependencies: undefined };
  writeFileSync(join(fork, "package.json"), JSON.stringify(forked));
  await runCommand("npm", ["install", "--prefer-offline", "--ignore-scripts", "./fork"], { cwd: project });
  expect(lstatSync(join(project, "node_modules/ml-random-forest")).isSymbolicLink()).toBe(true);

  writeFileSync(join(project, "train.cjs"), FOREST);
  const ended = await runNode(process.execPath, ["train.cjs", PACKAGE, model], project);
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  const needed = needsIn(project, "ml-random-forest");
  renameSync(project, `${project}-renamed`);

  await npmCi(model);
  expect(existsSync(join(model, "packages/ml-random-forest-2.1.0-fork.tgz"))).toBe(true);
  expect(needed).toContain("the model needs ml-random-forest@2.1.0-fork");
  expect(needsIn(model, "ml-random-forest")).toEqual(needed);
  const asked = await runNode(process.execPath, ["-e", ASK], model);
  expect(asked).toEqual({ code: 0, stdout: "[0,1]\n", stderr: "" });
});

const FOREST = `
  const { saveModel } = require(process.argv[2]);
  const { RandomForestClassifier } = require("ml-random-forest");
  const forest = new RandomForestClassifier({ nEstimators: 20, noOOB: true });
  forest.train([[1], [2], [3], [4]], [0, 0, 1, 1]);
  saveModel(forest, process.argv[3]);`;

const ASK = `
  const { RandomForestClassifier } = require("ml-random-forest");
  console.log(JSON.stringify(RandomForestClassifier.load(require("./model.json")).predict([[1], [4]])));`;

const LOCK = `JSON.stringify(Object.entries(require("./package-lock.json").packages).slice(1).map(([path, { integrity }]) => [path, integrity]))`;

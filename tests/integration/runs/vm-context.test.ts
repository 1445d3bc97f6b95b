import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installedFolder } from "./scripts";
import { runNode } from "../../support/run-node";

/** Loads modules as test runners do that give each file a context of its own: all but Node's own run in it. */
const RUNNER = `
  const { createContext, runInContext } = require("node:vm");
  const { createRequire, isBuiltin } = require("node:module");
  const { readFileSync } = require("node:fs");
  const { dirname, join } = require("node:path");
  const names = ["console", "process", "Buffer", "setTimeout", "clearTimeout", "setInterval", "setImmediate", "URL", "TextEncoder", "TextDecoder", "performance", "structuredClone"];
  const context = createContext(Object.fromEntries(names.map((name) => [name, globalThis[name]])));
  const modules = new Map();
  function load(file) {
    if (modules.has(file)) return modules.get(file).exports;
    const module = { exports: {}, id: file, filename: file };
    modules.set(file, module);
    if (file.endsWith(".json")) return (module.exports = JSON.parse(readFileSync(file, "utf8")));
    const { resolve } = createRequire(file);
    const own = Object.assign((id) => (isBuiltin(id) ? require(id) : load(resolve(id))), { resolve, cache: {} });
    const run = runInContext("(function (exports, require, module, __filename, __dirname) {" + readFileSync(file, "utf8") + "\\n})", context, { filename: file });
    run.call(module.exports, module.exports, own, module, file, dirname(file));
    return module.exports;
  }
  const { track, startRun } = load(require.resolve("trackbook"));
  const run = startRun();
  const train = track(function train(values) { return { loss: values.length }; });
  console.log(train([1, 2, 3]).loss, run.status);`;

test("a training runs as ever in a context of its own", async () => {
  const folder = installedFolder();
  writeFileSync(join(folder, "runner.cjs"), RUNNER);
  const { code, stdout, stderr } = await runNode(process.execPath, [join(folder, "runner.cjs")], folder);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "3 RUNNING\n", stderr: "" });
});

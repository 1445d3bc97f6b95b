import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startKernel } from "../../support/kernel";
import { describeWithParts } from "../../support/parts";
import { expectedOf, foundOf, type Place } from "./expected-runs";
import { type PythonRun, readByPython } from "./python-runs";
import { RUN_CASES } from "./run-cases";
import { DEFINITIONS, GREETING, IMPORTS, installedFolder, type ModuleKind, ScriptFolder } from "./scripts";

const CASES = Object.entries(RUN_CASES);
const PLACES: readonly Place[] = ["script.cjs", "script.mjs", "cells"];
const TIMEOUT = 600_000;

/** How a program ended. */
interface Ended {
  /** Empty when all went well. */
  readonly trouble: string;
  /** Where its runs are. */
  readonly store: string;
}

/** Each program as a script in a process and a folder of its own. */
async function runScripts(scripts: ScriptFolder, kind: ModuleKind): Promise<readonly Ended[]> {
  const ended: Ended[] = [];
  for (const [, { cells }] of CASES) {
    const body = `main(async () => {\n${cells.join("\n")}\n});`;
    const { code, stderr, folder } = await scripts.run(body, kind, { TRACKBOOK_TESTING: "1" });
    ended.push({ trouble: code === 0 ? stderr : `ended with ${code}: ${stderr}`, store: join(folder, "mlruns") });
  }
  return ended;
}

/** All programs in one kernel, one after the other, each into a store of its own. */
async function runCells(folder: string, python: { python: string; jupyterPath: string }): Promise<readonly Ended[]> {
  const kernel = await startKernel({ name: "tslab", folder, ...python, env: { TRACKBOOK_TESTING: "1" } });
  async function troubleOf(code: string): Promise<string> {
    const { status, outputs } = await kernel.run(code);
    const errors = outputs.filter(({ type, name }) => type === "error" || name === "stderr");
    const text = errors.map((error) => error.text?.replace(GREETING, "")).join("");
    return status === "ok" ? text : `${status}: ${text} in ${code}`;
  }
  try {
    const ended: Ended[] = [];
    let trouble = await troubleOf(`${IMPORTS.mjs}${DEFINITIONS}trackbook.autolog({ display: "none" });`);
    for (const [index, [, { cells }]] of CASES.entries()) {
      const store = join(folder, `store-${index}`);
      mkdirSync(store);
      const begin = `trackbook.setTrackingUri(${JSON.stringify(store)}); trackbook.setExperiment({ experimentId: "0" });`;
      const codes = [begin, ...cells, "await trackbook.endRun();"];
      for (const code of codes) trouble += await troubleOf(code);
      ended.push({ trouble, store });
      trouble = "";
    }
    return ended;
  } finally {
    await kernel.shutdown();
  }
}

describeWithParts(["python", "tslab"], "the runs that a program leaves, read by Python", ({ python, tslab }) => {
  const scripts = new ScriptFolder();
  const notebook = installedFolder();
  /** In the order of the places, and in each of the cases. */
  let ended: readonly Ended[];
  let runs: readonly (readonly PythonRun[])[];
  beforeAll(async () => {
    const all = await Promise.all([
      runScripts(scripts, "cjs"),
      runScripts(scripts, "mjs"),
      runCells(notebook, { ...python, ...tslab }),
    ]);
    ended = all.flat();
    const stores = ended.map(({ store }) => store);
    for (const store of stores) mkdirSync(store, { recursive: true });
    runs = await readByPython(python.python, stores);
  }, TIMEOUT);
  afterAll(() => {
    scripts.remove();
    rmSync(notebook, { recursive: true, force: true });
  });

  describe.each(PLACES.map((place, index) => [place, index] as const))("in %s", (place, placeIndex) => {
    test.each(CASES.map(([name, { runs }], index) => [name, runs, index] as const))("%s", (_, expected, index) => {
      const position = placeIndex * CASES.length + index;
      expect(ended[position]?.trouble).toBe("");
      const sourceName = place === "cells" ? realpathSync(notebook) : place;
      expect(foundOf(runs[position] ?? [], ["mine"])).toEqual(expectedOf(expected, place, sourceName));
    });
  });
});

import { copyFileSync, cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PartName } from "../../../scripts/parts";
import { REPOSITORY } from "../../../scripts/repository";
import { linkPackage, PACKAGE } from "../../support/installed-folder";
import { requirePart } from "../../support/parts";
import { runNode } from "../../support/run-node";
import { temporaryFolder } from "../../support/temporary-folder";

/** The Nodes that have a SQLite of their own. */
const NODES = ["node22", "node24", "node26"] as const satisfies readonly PartName[];

const SUITES = ["sqlite-store", "sqlite-database"].map((name) => `tests/unit/stores/${name}.test.ts`);

const FILLED = {
  runs: [
    {
      name: "first é",
      status: "FINISHED",
      late: false,
      params: { lr: "0.1" },
      metrics: expect.arrayContaining([
        ["loss", "0.001"],
        ["odd", "1.7976931348623157e+308"],
      ]),
      points: [[999, 0.001]],
    },
    {
      name: "second",
      status: "FINISHED",
      late: 4_102_444_800_002,
      params: {},
      metrics: [["loss", "0.3"]],
      points: [[Number.MAX_SAFE_INTEGER, 0.3]],
    },
  ],
  version: 1,
};

let project: string;

/** A project that has trackbook and what it depends on, and no better-sqlite3. */
beforeAll(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "trackbook-project-")));
  const installed = join(project, "node_modules/trackbook");
  for (const name of ["dist", "package.json"]) cpSync(join(PACKAGE, name), join(installed, name), { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as { dependencies: object };
  for (const name of Object.keys(dependencies)) linkPackage(project, name, join(PACKAGE, "node_modules", name));
  copyFileSync(join(__dirname, "use-database.cjs"), join(project, "use-database.cjs"));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** What the program answers in a folder, of which `uri` is a store. */
async function answer(node: string, step: string, uri: string): Promise<unknown> {
  const ended = await runNode(node, [join(project, "use-database.cjs"), step], project, { MLFLOW_TRACKING_URI: uri });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(ended.stdout);
}

describe.each(NODES)("the SQLite of %s itself", (part) => {
  test("passes the suites of every store, as better-sqlite3 does", async () => {
    const { node } = requirePart(part);
    const vitest = join(REPOSITORY, "node_modules/vitest/vitest.mjs");
    const ended = await runNode(node, [vitest, "run", "--project", "unit", "--reporter=json", ...SUITES], REPOSITORY);
    const { numPassedTests, ...others } = JSON.parse(ended.stdout) as Record<string, unknown>;
    expect(others).toMatchObject({ success: true, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 });
    expect(numPassedTests).toBeGreaterThan(100);
  });

  test("is all that a project needs: what it fills is read by the next process, waited for, and carried elsewhere", async () => {
    const { node } = requirePart(part);
    const place = temporaryFolder();
    const [first, second] = ["a", "b"].map((name) => `sqlite:///${join(place, `${name}.db`)}`) as [string, string];
    const folder = join(place, "runs");
    expect(await answer(node, "fill", first)).toEqual(FILLED);
    expect(await answer(node, "read", first)).toEqual(FILLED);
    expect(await answer(node, "wait", first)).toEqual({ waited: true, found: "waited" });
    const cli = join(project, "node_modules/trackbook/dist/cli/index.js");
    const carry = (source: string, target: string) =>
      runNode(node, [cli, "migrate", "--source", source, "--target", target, "--json"], project);
    expect(await carry(first, folder)).toMatchObject({ code: 0, stderr: "" });
    expect(await carry(folder, second)).toMatchObject({ code: 0, stderr: "" });
    expect(await answer(node, "read", second)).toEqual(FILLED);
  });
});

test("a Node without one says how to get better-sqlite3", async () => {
  const { node } = requirePart("node20");
  const answered = await answer(node, "fill", `sqlite:///${join(temporaryFolder(), "a.db")}`);
  expect(answered).toMatchObject({ code: "MISSING_PACKAGE", hint: expect.stringContaining("better-sqlite3") });
});

import fc from "fast-check";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../../../scripts/run-command";
import { installedTree } from "../../support/installed-tree";
import { installProgram, programs } from "../../support/random-tree";
import { folderOf, pinned } from "./pinning-folder";

/**
 * npm compares the lock file with package.json and completes the tree as it would: what it finds amiss is an error. Nothing is fetched. Its answer is read,
 * also where the tests were started by an npm that was to be silent.
 */
const dryRun = (folder: string, ...options: string[]): Promise<string> =>
  runCommand("npm", ["ci", "--dry-run", "--offline", "--no-audit", "--no-fund", "--loglevel=notice", ...options], {
    cwd: folder,
  });

const model = (project: string, ...packages: string[]) => folderOf(pinned(join(project, "program.js"), ...packages));

test("npm would find fault with a lock file from which something is missing", async () => {
  const project = installedTree({ "node_modules/a": { dependencies: { b: "^1.0.0" } }, "node_modules/b": {} });
  const folder = model(project, "a");
  const lock = JSON.parse(await runCommand("cat", ["package-lock.json"], { cwd: folder }));
  delete lock.packages["node_modules/b"];
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify(lock));
  await expect(dryRun(folder)).rejects.toThrow();
});

test.each([[[]], [["--legacy-peer-deps"]], [["--omit=optional"]], [["--omit=peer"]], [["--install-strategy=nested"]]])(
  "npm takes the lock file of every kind of dependency as it stands %j",
  async (options) => {
    const project = installedTree({
      "node_modules/all": {
        dependencies: { "@x/scoped": "1.x", old: "npm:alias@^1.0.0", overridden: "^1.0.0", tagged: "next", link: "*" },
        optionalDependencies: { present: "*", absent: "*" },
        peerDependencies: { peer: "^2.0.0", loose: "*" },
        peerDependenciesMeta: { loose: { optional: true } },
      },
      "node_modules/@x/scoped": {
        version: "1.2.3",
        dependencies: { nested: "2.0.0", git: "git+ssh://git@x.com/a.git" },
      },
      "node_modules/@x/scoped/node_modules/nested": { version: "2.0.0" },
      "node_modules/nested": { version: "1.0.0" },
      "node_modules/old": { name: "alias", version: "1.0.0", dependencies: { nested: "^1.0.0" } },
      "node_modules/overridden": { version: "3.0.0" },
      "node_modules/tagged": { version: "4.0.0-next.1", peerDependencies: { peer: "1" } },
      "node_modules/git": { version: "0.0.1" },
      "node_modules/present": { os: ["no-such-system"], dependencies: { deeper: "" } },
      "node_modules/deeper": {},
      "node_modules/peer": { version: "2.0.0" },
      "node_modules/link": { link: "linked" },
      "linked/package.json": JSON.stringify({ name: "link", dependencies: { nested: "workspace:*" } }),
      "linked/node_modules/nested": { version: "1.5.0", private: true },
    });
    const printed = await dryRun(model(project, "all", "nested"), ...options);
    expect(printed).toMatch(/add(ed)? /);
  },
);

test("npm takes the lock file of whatever is installed", async () => {
  await fc.assert(
    fc.asyncProperty(programs, async (packages) => {
      const project = installProgram(packages);
      await dryRun(model(project, packages[0]?.name as string));
      rmSync(project, { recursive: true });
    }),
    { numRuns: 20 },
  );
});

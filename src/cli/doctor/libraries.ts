import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { satisfies } from "semver";
import { integrations } from "../../libraries";
import { installLine } from "../install-line";
import type { Finding } from "./finding";

/** What people install to get the library that an integration is for, where that is another package. */
const DOORS: Readonly<Record<string, string>> = { tfjs: "@tensorflow/tfjs" };

/** The libraries that autolog records, as a program in `folder` would find them, and whether their versions are tested. */
export function checkLibraries(folder: string = process.cwd()): Finding[] {
  return integrations.flatMap(({ name, packages }) => {
    const found = Object.entries(packages).flatMap(([packageName, range]) => {
      const version = installedVersion(packageName, folder);
      return version === undefined ? [] : { packageName, version, range };
    });
    const [first] = found;
    const door = DOORS[name] ?? name;
    if (!first) {
      const hint = `${installLine([door])} installs it.`;
      return { topic: "libraries" as const, name: door, state: "note" as const, text: "not installed here", hint };
    }
    const untested = found.filter(({ version, range }) => !satisfies(version, range, { includePrerelease: true }));
    const isTested = !untested.includes(first);
    return [
      describe(
        { ...first, packageName: installedVersion(door, folder) === undefined ? first.packageName : door },
        isTested,
      ),
      ...untested.filter((one) => one !== first).map((one) => describe(one, false)),
    ];
  });
}

function describe(found: { packageName: string; version: string; range: string }, isTested: boolean): Finding {
  return {
    topic: "libraries",
    name: found.packageName,
    state: isTested ? "ok" : "warning",
    text: `${found.version}${isTested ? "" : `, autolog was tested with ${found.range}`}`,
  };
}

/** By looking into node_modules: a package need not export its package.json. */
function installedVersion(name: string, folder: string): string | undefined {
  for (const place of createRequire(join(folder, "index.js")).resolve.paths(name) ?? []) {
    try {
      const manifest = readFileSync(join(place, name, "package.json"), "utf8");
      return String((JSON.parse(manifest) as { version?: unknown }).version);
    } catch {
      // Not in this one: the next is looked into.
    }
  }
  return undefined;
}

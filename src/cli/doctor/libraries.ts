import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { satisfies } from "semver";
import { integrations } from "../../libraries";
import { installLine } from "../install-line";
import type { Finding } from "./finding";

/** What people install to get the library that an integration is for, where that is another package. */
const DOORS: Readonly<Record<string, string>> = { tfjs: "@tensorflow/tfjs" };

/** A package that was found, and the versions of it that autolog was tested with. */
interface FoundPackage {
  readonly packageName: string;
  readonly version: string;
  readonly range: string;
}

/** The libraries that autolog records, as a program in `folder` would find them, and whether their versions are tested. */
export function checkLibraries(folder: string = process.cwd()): Finding[] {
  return integrations.flatMap(({ name, packages }) => {
    const door = DOORS[name] ?? name;
    const found = findPackages(packages, door, folder);
    const [first] = found;
    if (!first) {
      const hint = `${installLine([door])} installs it.`;
      return [{ topic: "libraries", name: door, state: "note", text: "not installed here", hint } as const];
    }
    return found.filter((one) => one === first || !isTested(one)).map(describe);
  });
}

/** The packages of an integration that are installed: beside the user's program, or below what the user installed. */
function findPackages(packages: Readonly<Record<string, string>>, door: string, folder: string): FoundPackage[] {
  const doorFolder = packageFolder(door, folder);
  return Object.entries(packages).flatMap(([packageName, range]) => {
    const found = packageFolder(packageName, folder) ?? (doorFolder && packageFolder(packageName, doorFolder));
    return found === undefined ? [] : { packageName, version: versionOf(found), range };
  });
}

const isTested = ({ version, range }: FoundPackage): boolean => satisfies(version, range, { includePrerelease: true });

function describe(found: FoundPackage): Finding {
  const { packageName, version, range } = found;
  const state = isTested(found) ? "ok" : "warning";
  const hint = state === "ok" ? undefined : `autolog was tested with ${range}.`;
  return { topic: "libraries", name: packageName, state, text: version, hint };
}

/** The real folder of a package, by looking into each node_modules: a package need not export its package.json. */
function packageFolder(name: string, folder: string): string | undefined {
  const places = createRequire(join(folder, "index.js")).resolve.paths(name) ?? [];
  const found = places.map((place) => join(place, name)).find((path) => existsSync(join(path, "package.json")));
  return found && realpathSync(found);
}

function versionOf(folder: string): string {
  return String((JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version?: unknown }).version);
}

import { existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../../scripts/run-command";

/** npm as a user runs it, preferring what it has fetched before. */
const NPM = ["--prefer-offline", "--no-audit", "--no-fund"];

/** A new folder outside the repository. */
export const newFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), "trackbook-environment-")));

/** How a user's packages get installed: the commands of package managers, themselves installed by npm. */
const INSTALLERS = {
  npm: ["install", ...NPM],
  pnpm: ["exec", "--yes", "--prefer-offline", "--package=pnpm@10.20.0", "--", "pnpm", "install"],
  yarn: ["exec", "--yes", "--prefer-offline", "--package=yarn@1.22.22", "--", "yarn", "install"],
} as const;

/** A user's project in which a package manager has installed `dependencies`. */
export async function installedProject(
  dependencies: Readonly<Record<string, string>>,
  installer: keyof typeof INSTALLERS = "npm",
): Promise<string> {
  const project = newFolder();
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, dependencies }));
  await runCommand("npm", INSTALLERS[installer], { cwd: project });
  return project;
}

/** Runs `npm ci` in a model's folder. */
export const npmCi = (folder: string): Promise<string> => runCommand("npm", ["ci", ...NPM], { cwd: folder });

/** Each `a@1 needs b@2` of what is installed in `folder`, as Node finds it, from the package `name` on. */
export function needsIn(folder: string, name: string): readonly string[] {
  const needs = new Set<string>();
  const seen = new Set<string>();
  const visit = (from: string, title: string, names: readonly string[]) => {
    for (const child of names) {
      const found = find(child, from);
      if (!found) continue;
      const { version, dependencies, optionalDependencies, peerDependencies } = manifestIn(found);
      needs.add(`${title} needs ${child}@${version}`);
      if (seen.has(found)) continue;
      seen.add(found);
      const wanted = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
      visit(found, `${child}@${version}`, wanted);
    }
  };
  visit(folder, "the model", [name]);
  return [...needs].sort();
}

function find(name: string, from: string): string | undefined {
  const places = createRequire(join(from, "index.js")).resolve.paths(name) ?? [];
  const found = places.map((place) => join(place, name)).find((path) => existsSync(join(path, "package.json")));
  return found && realpathSync(found);
}

const manifestIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Readonly<
    Record<string, Readonly<Record<string, string>>>
  >;

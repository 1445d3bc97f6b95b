import { mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../../scripts/run-command";

/** npm as a user runs it, preferring what it has fetched before. */
const NPM = ["--prefer-offline", "--no-audit", "--no-fund"];

/** A new folder outside the repository. */
export const newFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), "trackbook-environment-")));

/** A user's project in which npm has installed `dependencies`. */
export async function installedProject(dependencies: Readonly<Record<string, string>>): Promise<string> {
  const project = newFolder();
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, dependencies }));
  await runCommand("npm", ["install", ...NPM], { cwd: project });
  return project;
}

/** Runs `npm ci` in a model's folder. */
export const npmCi = (folder: string): Promise<string> => runCommand("npm", ["ci", ...NPM], { cwd: folder });

/** Each `a@1 needs b@2` of what is installed in `folder`, as npm sees it, from the package `name` on. */
export async function needsIn(folder: string, name: string): Promise<readonly string[]> {
  const root = JSON.parse(await runCommand("npm", ["ls", "--all", "--json"], { cwd: folder })) as Listed;
  const needs = new Map<string, Set<string>>();
  // What npm has listed once it lists without its own needs the second time; an optional peer that is not installed has no version.
  const visit = (parent: string, { dependencies = {} }: Listed) => {
    for (const [child, inner] of Object.entries(dependencies)) {
      if (inner.version === undefined) continue;
      needs.set(parent, (needs.get(parent) ?? new Set()).add(`${child}@${inner.version}`));
      visit(`${child}@${inner.version}`, inner);
    }
  };
  visit("", root);
  const reached = new Set([`${name}@${root.dependencies?.[name]?.version}`]);
  for (const one of reached) for (const other of needs.get(one) ?? []) reached.add(other);
  return [...reached].flatMap((one) => [...(needs.get(one) ?? [])].map((other) => `${one} needs ${other}`)).sort();
}

/** What `npm ls` tells of a package. */
interface Listed {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, Listed>>;
}

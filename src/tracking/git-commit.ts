import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * The commit that the git work tree around `path` has checked out, read from `.git` itself: no git is run. Linked work trees and packed refs
 * included; `undefined` outside a work tree or before the first commit. Format: gitrepository-layout(5).
 */
export function gitCommit(path: string): string | undefined {
  const gitDir = findGitDir(resolve(path));
  if (!gitDir) return undefined;
  const head = read(join(gitDir, "HEAD"));
  const ref = head && /^ref: (.+)$/.exec(head)?.[1];
  if (!ref) return asCommit(head);
  const common = read(join(gitDir, "commondir"));
  const root = common ? resolve(gitDir, common) : gitDir;
  return asCommit(read(join(gitDir, ref)) ?? read(join(root, ref)) ?? packedRef(root, ref));
}

function findGitDir(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, ".git");
    const stat = statSync(candidate, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return candidate;
    if (stat?.isFile()) {
      const target = /^gitdir: (.+)$/.exec(read(candidate) ?? "")?.[1];
      return target && resolve(folder, target);
    }
    if (dirname(folder) === folder) return undefined;
  }
}

function packedRef(root: string, ref: string): string | undefined {
  const line = read(join(root, "packed-refs"))
    ?.split("\n")
    .find((entry) => entry.endsWith(` ${ref}`));
  return line?.split(" ")[0];
}

const asCommit = (text: string | undefined): string | undefined =>
  text && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text) ? text : undefined;

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return undefined;
  }
}

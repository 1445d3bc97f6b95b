import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../scripts/repository";

/** Files of the repository, by path relative to its root with `/`, as text. */
export type FileTexts = ReadonlyMap<string, string>;

/** Every file that git holds or would hold, below `folder` (all of them by default), relative to the root. */
export function repositoryPaths(folder = "."): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder], {
    cwd: REPOSITORY,
    encoding: "utf8",
  });
  return listed.split("\0").filter((path) => path !== "" && existsSync(join(REPOSITORY, path)));
}

/** The texts of those of `repositoryPaths(folder)` whose path `matches`. */
export function repositoryTexts(folder: string, matches: (path: string) => boolean): FileTexts {
  const paths = repositoryPaths(folder).filter(matches);
  return new Map(paths.map((path) => [path, readFileSync(join(REPOSITORY, path), "utf8")]));
}

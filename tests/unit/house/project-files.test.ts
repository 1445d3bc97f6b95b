import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { repositoryTexts } from "../../support/repository-files";

const read = (path: string) => readFileSync(join(REPOSITORY, path), "utf8");
const manifest = JSON.parse(read("package.json"));
const lockFile = JSON.parse(read("package-lock.json"));

describe("dependencies", () => {
  test("each one that users install is argued for in CONTRIBUTING.md", () => {
    const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    const argued = sectionOf(read("CONTRIBUTING.md"), "## Runtime dependencies").match(/(?<=^- `)[^`]+(?=`: \S)/gm);
    expect(argued?.sort()).toEqual(dependencies.sort());
  });

  test("the libraries that people train with are optional", () => {
    for (const name of Object.keys(manifest.peerDependencies))
      expect(manifest.peerDependenciesMeta[name], name).toEqual({ optional: true });
  });

  test("npm ci never installs tfjs-node, whose install script downloads from elsewhere", () => {
    expect(Object.keys(lockFile.packages).filter((path) => path.endsWith("@tensorflow/tfjs-node"))).toEqual([]);
  });

  test("npm ci finds an entry for every platform's package, not only for those of the machine that locked", () => {
    const locked = Object.keys(lockFile.packages);
    const optional = Object.values<{ optionalDependencies?: object }>(lockFile.packages).flatMap((entry) =>
      Object.keys(entry.optionalDependencies ?? {}),
    );
    expect(optional.filter((name) => !locked.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
  });

  test("the lock file names no host to download from", () => {
    expect(read("package-lock.json")).not.toContain('"resolved": "http');
  });
});

describe("files of the repository", () => {
  const texts = repositoryTexts(".", (path) => !/\.(png|ico|bin|woff2?)$/.test(path));
  const filesWith = (pattern: RegExp) => [...texts].filter(([, text]) => pattern.test(text)).map(([path]) => path);

  test("name no package registry's host", () => {
    // In pieces, so that this file does not name them either.
    const hosts = [
      ["registry", "npmjs", "org"],
      ["registry", "yarnpkg", "com"],
      ["pypi", "org"],
      ["files", "pythonhosted", "org"],
      ["deb", "debian", "org"],
    ];
    expect(filesWith(new RegExp(hosts.map((host) => host.join("\\.")).join("|")))).toEqual([]);
  });

  test("hold no path of the machine they were made on", () => {
    const folders = [REPOSITORY, homedir(), join("/work", "main"), join("/work", "shared"), join("/work", "scratch")];
    const paths = folders.map((folder) => folder.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    expect(filesWith(new RegExp(`(?<![\\w.~])(${paths.join("|")})(?![\\w-])`))).toEqual([]);
  });
});

function sectionOf(markdown: string, heading: string): string {
  const [, section = ""] = markdown.split(`${heading}\n`);
  return section.split(/^## /m)[0] ?? "";
}

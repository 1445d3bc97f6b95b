import { describe, expect, test } from "vitest";
import { installedTree } from "../../../support/installed-tree";
import { environmentIn, pathsOf, placesIn, textOf } from "./pinned";

describe("what a package manager has noted of what it installed", () => {
  test("gives the integrity, and no address: a private registry and its password stay where they are", () => {
    const project = installedTree({
      "node_modules/a": { dependencies: { b: "*" } },
      "node_modules/b": {},
      "node_modules/.package-lock.json": JSON.stringify({
        packages: {
          "node_modules/a": {
            version: "1.0.0",
            integrity: "sha512-a",
            resolved: "https://me:secret@example.com/a.tgz",
          },
          "node_modules/b": { version: "0.9.0", integrity: "sha512-old", resolved: "https://example.com/b.tgz" },
        },
      }),
    });
    const environment = environmentIn(project, "a");
    expect(placesIn(environment)["node_modules/a"]?.integrity).toBe("sha512-a");
    expect(placesIn(environment)["node_modules/b"]).toEqual({ version: "1.0.0" });
    for (const path of pathsOf(environment)) expect(textOf(environment, path)).not.toMatch(/example|secret/);
  });

  test("is read where pnpm and yarn keep it too, for the very version that is installed", () => {
    const pnpm = installedTree({
      "node_modules/a": { link: "node_modules/.pnpm/a@1.0.0_b@1.0.0/node_modules/a" },
      "node_modules/.pnpm/a@1.0.0_b@1.0.0/node_modules/a": { peerDependencies: { "@x/b": "*" } },
      "node_modules/.pnpm/a@1.0.0_b@1.0.0/node_modules/@x/b": {
        link: "node_modules/.pnpm/@x+b@1.0.0/node_modules/@x/b",
      },
      "node_modules/.pnpm/@x+b@1.0.0/node_modules/@x/b": {},
      "node_modules/.pnpm/lock.yaml": `lockfileVersion: '9.0'
packages:

  a@1.0.0:
    resolution: {integrity: sha512-a==, tarball: https://example.com/a.tgz}
    peerDependencies:
      '@x/b': '*'

  '@x/b@0.9.0':
    resolution: {integrity: sha512-old==}

  '@x/b@1.0.0(peer@2.0.0)':
    resolution: {integrity: sha512-b==}
`,
    });
    const yarn = installedTree({
      "node_modules/a": { dependencies: { "@x/b": "^1.0.0" } },
      "node_modules/@x/b": {},
      "yarn.lock": `# yarn lockfile v1


"@x/b@^1.0.0", "@x/b@~1.0.0":
  version "1.0.0"
  resolved "https://example.com/b.tgz#0123"
  integrity sha512-b==

a@*:
  version "1.0.0"
  resolved "https://example.com/a.tgz#4567"
  integrity sha512-a==
  dependencies:
    "@x/b" "^1.0.0"
`,
    });
    for (const project of [pnpm, yarn]) {
      const places = placesIn(environmentIn(project, "a"));
      expect(places["node_modules/a"]?.integrity).toBe("sha512-a==");
      expect(places["node_modules/@x/b"]?.integrity).toBe("sha512-b==");
    }
  });

  test("may be torn, or missing", () => {
    const project = installedTree({ "node_modules/a": {}, "node_modules/.package-lock.json": '{"packages": {' });
    expect(placesIn(environmentIn(project, "a"))["node_modules/a"]).toEqual({ version: "1.0.0" });
  });
});

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { installDebianPackages } from "./debian";
import type { Part } from "./part";

/** Where Debian keeps the versions it has. */
const VERSIONS = "/usr/lib/postgresql";

export const postgresql: Part<"postgresql"> = {
  name: "postgresql",
  what: "PostgreSQL, which tests start on a free port in a folder of their own",
  needs: [],
  command: "sudo apt-get install postgresql",
  find() {
    const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a)) : [];
    const folders = [
      ...versions.map((version) => join(VERSIONS, version, "bin")),
      ...(process.env.PATH ?? "").split(":"),
    ];
    const bin = folders.find((folder) => ["initdb", "postgres"].every((name) => existsSync(join(folder, name))));
    return bin ? { bin } : undefined;
  },
  supply: () => installDebianPackages(["postgresql"]),
};

import { existsSync } from "node:fs";
import { join } from "node:path";
import { installDebianPackages } from "./debian";
import type { Part } from "./part";

export const mariadb: Part<"mariadb"> = {
  name: "mariadb",
  what: "MariaDB, which tests start on a free port in a folder of their own",
  needs: [],
  command: "sudo apt-get install mariadb-server",
  find() {
    const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/usr/bin"];
    const [server, install] = ["mariadbd", "mariadb-install-db"].map((name) =>
      folders.map((folder) => join(folder, name)).find((path) => existsSync(path)),
    );
    return server && install ? { server, install } : undefined;
  },
  supply: () => installDebianPackages(["mariadb-server"]),
};

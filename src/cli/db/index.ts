import type { CommandGroup } from "../command";

/** `trackbook db …` */
export const db: CommandGroup = {
  name: "db",
  summary: "databases that hold runs",
  commands: [
    {
      name: "upgrade",
      summary: "bring a database up to date",
      load: () => (require("./upgrade") as typeof import("./upgrade")).upgradeDatabase,
    },
  ],
};

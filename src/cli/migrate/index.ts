import type { CommandEntry } from "../command";

/** `trackbook migrate` */
export const migrate: CommandEntry = {
  name: "migrate",
  summary: "carry everything in one store over to another",
  load: () => (require("./migrate") as typeof import("./migrate")).migrateStore,
};

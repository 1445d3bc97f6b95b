import type { CommandGroup } from "../command";

/** `trackbook runs …` */
export const runs: CommandGroup = {
  name: "runs",
  summary: "list, describe, create, delete and restore runs",
  commands: [
    {
      name: "list",
      summary: "list runs, newest first",
      load: () => (require("./list") as typeof import("./list")).listRuns,
    },
    {
      name: "describe",
      summary: "everything about one run",
      load: () => (require("./describe") as typeof import("./describe")).describeRun,
    },
    {
      name: "create",
      summary: "create a run that has ended",
      load: () => (require("./create") as typeof import("./create")).createRun,
    },
    {
      name: "delete",
      summary: "mark a run deleted",
      load: () => (require("./delete") as typeof import("./delete")).deleteRun,
    },
    {
      name: "restore",
      summary: "bring a deleted run back",
      load: () => (require("./restore") as typeof import("./restore")).restoreRun,
    },
  ],
};

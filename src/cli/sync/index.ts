import type { CommandEntry } from "../command";

/** `trackbook sync` */
export const sync: CommandEntry = {
  name: "sync",
  summary: "send to the tracking server what waits in the spool",
  load: () => (require("./sync") as typeof import("./sync")).syncSpool,
};

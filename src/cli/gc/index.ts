import type { CommandEntry } from "../command";

/** `trackbook gc` */
export const gc: CommandEntry = {
  name: "gc",
  summary: "remove for good what is deleted",
  load: () => (require("./gc") as typeof import("./gc")).collectGarbage,
};

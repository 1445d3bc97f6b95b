import type { CommandEntry } from "../command";

/** `trackbook demo` */
export const demo: CommandEntry = {
  name: "demo",
  summary: "train on real data with the libraries that are here",
  load: () => (require("./demo") as typeof import("./demo")).runDemo,
};

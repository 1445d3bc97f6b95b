import type { CommandEntry } from "../command";

/** `trackbook completion` */
export const completion: CommandEntry = {
  name: "completion",
  summary: "a script that completes commands and options in your shell",
  load: () => (require("./completion") as typeof import("./completion")).printCompletion,
};

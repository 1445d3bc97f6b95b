import type { CommandEntry, CommandGroup } from "../command";

/** `trackbook completion`, for the commands of the catalogue. */
export const completionOf = (commands: () => readonly (CommandGroup | CommandEntry)[]): CommandEntry => ({
  name: "completion",
  summary: "a script that completes commands and options in your shell",
  load: () => (require("./completion") as typeof import("./completion")).printCompletion(commands()),
});

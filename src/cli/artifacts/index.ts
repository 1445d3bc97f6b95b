import type { CommandGroup } from "../command";

/** `trackbook artifacts …` */
export const artifacts: CommandGroup = {
  name: "artifacts",
  summary: "list, fetch and add the files of a run",
  commands: [
    {
      name: "list",
      summary: "list the files of a run",
      load: () => (require("./list") as typeof import("./list")).listArtifacts,
    },
    {
      name: "download",
      summary: "copy files of a run to a local folder",
      load: () => (require("./download") as typeof import("./download")).downloadArtifacts,
    },
    {
      name: "log-artifact",
      summary: "add a file to a run",
      load: () => (require("./log-artifact") as typeof import("./log-artifact")).logArtifact,
    },
    {
      name: "log-artifacts",
      summary: "add a folder's files to a run",
      load: () => (require("./log-artifacts") as typeof import("./log-artifacts")).logArtifacts,
    },
  ],
};

import type { CommandGroup } from "../command";

/** `trackbook experiments …` */
export const experiments: CommandGroup = {
  name: "experiments",
  summary: "create, list, rename, delete and restore experiments",
  commands: [
    {
      name: "create",
      summary: "create an experiment",
      load: () => (require("./create") as typeof import("./create")).createExperiment,
    },
    {
      name: "search",
      summary: "list experiments",
      load: () => (require("./search") as typeof import("./search")).searchExperiments,
    },
    {
      name: "get",
      summary: "show one experiment",
      load: () => (require("./get") as typeof import("./get")).getExperiment,
    },
    {
      name: "rename",
      summary: "give an experiment another name",
      load: () => (require("./rename") as typeof import("./rename")).renameExperiment,
    },
    {
      name: "delete",
      summary: "mark an experiment and its runs deleted",
      load: () => (require("./delete") as typeof import("./delete")).deleteExperiment,
    },
    {
      name: "restore",
      summary: "bring a deleted experiment back with its runs",
      load: () => (require("./restore") as typeof import("./restore")).restoreExperiment,
    },
    {
      name: "csv",
      summary: "all runs of an experiment as CSV",
      load: () => (require("./csv") as typeof import("./csv")).exportRuns,
    },
  ],
};

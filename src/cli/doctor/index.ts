import type { CommandEntry } from "../command";

/** `trackbook doctor` */
export const doctor: CommandEntry = {
  name: "doctor",
  summary: "check this machine: store, kernels, libraries, settings",
  load: () => (require("./doctor") as typeof import("./doctor")).examine,
};

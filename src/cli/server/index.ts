import type { CommandEntry } from "../command";

const load = () => (require("./server") as typeof import("./server")).server;

/** `trackbook server` */
export const server: CommandEntry = { name: "server", summary: "serve runs and models, as MLflow's server does", load };

/** `trackbook ui`: the same. */
export const ui: CommandEntry = { name: "ui", summary: "the same: look at runs in a browser", load };

import type { CommandEntry } from "../command";

const load = () => (require("./server") as typeof import("./server")).server;

/** `trackbook server` */
export const server: CommandEntry = {
  name: "server",
  summary: "serve runs and models over HTTP, and to look at; also: ui",
  load,
};

/** `trackbook ui`: the same. */
export const ui: CommandEntry = { name: "ui", summary: "the same as server", load, isOtherName: true };

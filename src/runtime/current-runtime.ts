import type { Runtime } from "./runtime";

let current: Runtime | undefined;

/** The runtime of this process: found at the first call, the same object ever after. */
export function currentRuntime(): Runtime {
  current ??= tslabRuntime() ?? denoRuntime() ?? nodeRuntime();
  return current;
}

// Each is loaded only where it may be the one.

function tslabRuntime(): Runtime | undefined {
  return "__tslab__" in globalThis ? (require("./tslab") as typeof import("./tslab")).detectTslab() : undefined;
}

function denoRuntime(): Runtime | undefined {
  return "Deno" in globalThis ? (require("./deno") as typeof import("./deno")).detectDeno() : undefined;
}

function nodeRuntime(): Runtime {
  return (require("./node") as typeof import("./node")).createNodeRuntime();
}

import { detectDeno } from "./deno";
import { createNodeRuntime } from "./node";
import type { Runtime } from "./runtime";
import { detectTslab } from "./tslab";

let current: Runtime | undefined;

/** The runtime of this process: found at the first call, the same object ever after. */
export function currentRuntime(): Runtime {
  current ??= detectTslab() ?? detectDeno() ?? createNodeRuntime();
  return current;
}

import util from "node:util";

/**
 * tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed: every operation of its backend would throw. It is put
 * back where it is missing, and stays, for the program would break without it.
 */
export function prepare(_library: unknown, packageName: string): void {
  if (!packageName.startsWith("@tensorflow/tfjs-node") || "isNullOrUndefined" in util) return;
  Object.defineProperty(util, "isNullOrUndefined", {
    value: (value: unknown) => value === null || value === undefined,
    configurable: true,
    writable: true,
  });
}

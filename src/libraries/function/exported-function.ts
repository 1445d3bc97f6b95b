import { createRequire } from "node:module";
import { InvalidInputError, messages } from "../../core";
import type { FunctionModel } from "./function-model";

/** What the cache of CommonJS modules holds. */
interface LoadedModule {
  readonly filename: string;
  readonly exports: unknown;
}

/**
 * Where a function or class comes from: the module that was loaded with `require` and exports it. What a function has closed over cannot be kept,
 * so one that no module exports is refused, and so is one of the main script, which would run once more.
 */
export function findExport(value: object): FunctionModel {
  const name = (value as { readonly name?: string }).name ?? "";
  const main = process.argv[1];
  for (const loaded of Object.values(createRequire(__filename).cache)) {
    const found = loaded && exportOf(loaded, value);
    if (!found) continue;
    if (loaded.filename === main || loaded === require.main) throw new InvalidInputError(messages.functionOfMain(name));
    return found;
  }
  throw new InvalidInputError(messages.functionNotExported(name));
}

function exportOf({ filename, exports }: LoadedModule, value: object): FunctionModel | undefined {
  if (/[\\/]node_modules[\\/]/.test(filename)) return undefined;
  if (exports === value) return { module: filename };
  if (exports === null || typeof exports !== "object") return undefined;
  try {
    const name = Object.keys(exports).find((key) => (exports as Record<string, unknown>)[key] === value);
    return name === undefined ? undefined : { module: filename, export: name };
  } catch {
    // A getter of somebody's that throws.
    return undefined;
  }
}

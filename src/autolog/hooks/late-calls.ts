import type { LateCall } from "../../libraries";
import { guarded } from "../session";
import { loadedDependency, resolvePath } from "./modules";
import { replaceProperty, type Undo, wrapCalls } from "./wrap";

type Take = (known: readonly unknown[]) => readonly unknown[];

/**
 * Watches functions that a constructor calls, in the copy of the package that the module `file` uses, until `undo`. `complete` says
 * whether all of them could be watched.
 */
export function watchCalls(
  calls: readonly LateCall[],
  file: string,
  seen: (take: Take) => void,
): { readonly undo: Undo; readonly complete: boolean } {
  const undos = calls.map(({ package: name, path, take }) => {
    const { owner, key } = resolvePath(loadedDependency(name, file), path);
    return (
      owner &&
      replaceProperty(owner, key, (original) =>
        wrapCalls(original as (...args: never[]) => unknown, (args) =>
          guarded("seeing a training's arguments", () => seen((known) => take(args, known))),
        ),
      )
    );
  });
  return {
    complete: calls.length > 0 && undos.every((undo) => undo !== undefined),
    undo: () => {
      for (const undo of undos) undo?.();
    },
  };
}

import type { ConstructorHook, Integration } from "../../libraries";
import type { CaughtCall } from "../recording";
import type { LoadedModule } from "./modules";

export type TrainableClass = new (...args: never[]) => object;

/** The copy of a library that a hook stands on. */
export interface HookSite {
  readonly integration: Integration;
  readonly module: Pick<LoadedModule, "exports" | "version" | "file">;
}

/** What every construction on this site has in common. */
export const describeConstruction = (hook: ConstructorHook, { integration, module }: HookSite) =>
  ({
    integration,
    begin: (call) => hook.begin(call),
    library: module.exports,
    libraryVersion: module.version,
    libraryFile: module.file,
    method: "constructor",
  }) satisfies Partial<CaughtCall>;

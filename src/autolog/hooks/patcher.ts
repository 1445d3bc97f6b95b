import { globalSlot } from "../../core";
import { type ConstructorHook, type Integration, putIntegration, registeredIntegrations } from "../../libraries";
import { currentRuntime } from "../../runtime";
import { isEnabled } from "../options";
import { isRecorded, recordTraining } from "../recording";
import { guarded } from "../session";
import { describeConstruction, type HookSite, type TrainableClass } from "./hook-site";
import { captureArguments, hookBoundClass } from "./late-class";
import { isInsideLateTraining } from "./late-trainings";
import { hookEvaluations, hookRestores, hookTrainingMethods } from "./methods";
import { type LoadedModule, loadedModules, onModuleLoad, resolvePath } from "./modules";
import { preloadSoon } from "./preload";
import { checkVersion, isLeftAlone } from "./versions";
import {
  isObject,
  isWrapper,
  originalOf,
  replaceProperty,
  type Undo,
  unwrapProperty,
  wrapClass,
  wrapFunction,
  wrapperOf,
} from "./wrap";

const state = globalSlot("patches", () => ({
  undos: [] as Undo[],
  /** Watching the loader: classes that are loaded from now on are replaced before anybody holds them. */
  watching: false,
  /** Modules whose classes were replaced at load; all others may be held by the user already. */
  early: new Set<string>(),
  patched: new Set<string>(),
}));

/** Adds a library to those that autolog knows; a later one of the same name replaces the earlier. */
export function addIntegration(integration: Integration): void {
  putIntegration(integration);
  if (!state.watching) return;
  removePatches();
  watchLoader();
  if (isEnabled()) patchLoaded();
}

/** Watches the loader, so that classes which are trained by their constructor can be replaced in time. Nothing is recorded by that. */
export function watchLoader(): void {
  if (state.watching) return;
  state.watching = true;
  state.undos.push(
    onModuleLoad(packageNames(), (module) => guarded(`hooking ${module.packageName}`, () => patchModule(module, true))),
  );
}

/** Hooks every copy of every library that is loaded already. */
export function patchLoaded(): void {
  const modules = loadedModules(packageNames());
  for (const module of modules) guarded(`hooking ${module.packageName}`, () => patchModule(module, false));
  // Only now is every class known that one package has from another.
  for (const module of modules) guarded(`hooking ${module.packageName}`, () => replaceKnown(module));
  for (const integration of registeredIntegrations()) swapInCells(integration);
}

/** Takes every hook off: no descriptor of a library, loader or prototype differs afterwards from what it was. */
export function removePatches(): void {
  for (const undo of state.undos.splice(0).reverse()) undo();
  state.watching = false;
  state.patched.clear();
  // The originals are back in the exports, for everybody to bind.
  state.early.clear();
}

function packageNames(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { packages, captures = [], evaluations = [] } of registeredIntegrations()) {
    for (const name of Object.keys(packages)) names.add(name);
    for (const hook of [...captures]) names.add(hook.package);
    for (const { target } of evaluations) names.add(target.package);
  }
  return names;
}

function patchModule(module: LoadedModule, loading: boolean): void {
  if (loading) state.early.add(module.file);
  const phase = isEnabled() ? "whole" : "classes";
  const key = `${module.file}:${phase}`;
  if (state.patched.has(key)) return;
  state.patched.add(key);
  for (const integration of registeredIntegrations()) patchFor(integration, module, phase);
  if (loading) replaceKnown(module);
}

/** Before autolog() only classes are replaced, since they may be bound; methods can wait. */
function patchFor(integration: Integration, module: LoadedModule, phase: "classes" | "whole"): void {
  const site: HookSite = { integration, module };
  if (module.isMain && module.packageName in integration.packages) {
    if (phase === "whole" && !checkVersion(integration, module)) return;
    if (phase === "whole") {
      integration.prepare?.(module.exports, module.packageName);
      preloadSoon(integration, module.file);
    }
    for (const hook of integration.trainings) {
      if (hook.target.package !== module.packageName) continue;
      const original = classAt(module, hook.target.path);
      if (!original) continue;
      if (hook.kind === "constructor") replaceClass(module, original, hook, site);
      else if (phase === "whole") state.undos.push(...hookTrainingMethods(original, hook, site));
      if (hook.kind === "constructor" && phase === "whole" && !state.early.has(module.file))
        state.undos.push(hookBoundClass(original, hook, site));
    }
  }
  if (phase === "whole") patchMethods(integration, module);
}

function patchMethods(integration: Integration, module: LoadedModule): void {
  const { evaluations = [], restores = [], captures = [] } = integration;
  for (const hook of module.isMain ? evaluations : []) {
    const original = hook.target.package === module.packageName && classAt(module, hook.target.path);
    if (original) state.undos.push(...hookEvaluations(original, hook, integration));
  }
  for (const hook of module.isMain ? restores : []) {
    const original = hook.target.package === module.packageName && classAt(module, hook.target.path);
    if (original) state.undos.push(...hookRestores(original, hook));
  }
  for (const hook of captures) {
    if (hook.package !== module.packageName || !module.file.endsWith(hook.file) || !isObject(module.exports)) continue;
    keep(
      replaceProperty(module.exports, hook.export, (original) =>
        wrapFunction(original as (...args: never[]) => unknown, (self, args, call) => {
          captureArguments(args);
          return Reflect.apply(call, self, args as never[]);
        }),
      ),
    );
  }
}

function classAt(module: LoadedModule, path: readonly string[]): TrainableClass | undefined {
  const { value } = resolvePath(module.exports, path);
  return typeof value === "function" ? (originalOf(value) as TrainableClass) : undefined;
}

/** Puts the wrapper where the class was: as a property of the exports, or as the exports themselves. */
function replaceClass(module: LoadedModule, original: TrainableClass, hook: ConstructorHook, site: HookSite): void {
  const wrapper = wrapTrainedClass(original, hook, site);
  if (state.early.has(module.file))
    keep(replaceProperty(original.prototype, "constructor", (old) => (old === original ? wrapper : old)));
  if (hook.target.path.length > 0) {
    const { owner, key } = resolvePath(module.exports, hook.target.path);
    if (owner) keep(replaceProperty(owner, key, (old) => (old === original ? wrapper : old)));
    return;
  }
  if (module.exports !== original) return;
  module.exports = wrapper;
  state.undos.push(() => {
    if (module.exports === wrapper) module.exports = original;
  });
}

/** Other names under which the exports hold a class that has a wrapper. Where the package took the wrapper itself from another one, only the undoing is left to do. */
function replaceKnown({ exports, isMain, file }: LoadedModule): void {
  const key = `${file}:known`;
  if (!isMain || !isObject(exports) || isWrapper(exports) || state.patched.has(key)) return;
  state.patched.add(key);
  for (const name of Object.keys(exports)) {
    const value: unknown = Object.getOwnPropertyDescriptor(exports, name)?.value;
    if (typeof value !== "function") continue;
    if (isWrapper(value)) state.undos.push(() => unwrapProperty(exports, name));
    else keep(replaceProperty(exports, name, (old) => wrapperOf(old) ?? old));
  }
}

/** A notebook's cells hold copies of what earlier cells imported. */
function swapInCells({ trainings }: Integration): void {
  const runtime = currentRuntime();
  if (runtime.name !== "tslab") return;
  for (const module of loadedModules(packageNames())) {
    for (const hook of trainings) {
      if (hook.kind !== "constructor" || hook.target.package !== module.packageName || !module.isMain) continue;
      const original = classAt(module, hook.target.path);
      const wrapper = wrapperOf(original);
      if (original && wrapper && runtime.replaceInCells(original, wrapper) > 0)
        state.undos.push(() => runtime.replaceInCells(wrapper, original));
    }
  }
}

function keep(undo: Undo | undefined): void {
  if (undo) state.undos.push(undo);
}

/** The class's wrapper: constructing through it is a training, seen with all its arguments. */
function wrapTrainedClass(original: TrainableClass, hook: ConstructorHook, site: HookSite): TrainableClass {
  return wrapClass(original, (args, newTarget, create) => {
    if (!isRecorded(site.integration.name) || isLeftAlone(site.module) || isInsideLateTraining()) return create(args);
    const estimator = newTarget === original ? hook.estimator : (newTarget as TrainableClass).name || hook.estimator;
    const caught = { ...describeConstruction(hook, site), estimator, self: undefined, args, lost: [] };
    return recordTraining(caught, create) as object;
  });
}

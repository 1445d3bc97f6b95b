import type { EvaluationHook, Integration, MethodHook, RestoreHook } from "../../libraries";
import { isRecorded, recordTraining, requireEvaluation } from "../recording";
import { nested } from "../session";
import type { HookSite, TrainableClass } from "./hook-site";
import { ownerOf, replaceProperty, type Undo, wrapFunction } from "./wrap";

type Method = (...args: never[]) => unknown;

/** Hooks the methods that train, where they stand on the prototype chain: for every instance, made before or after. */
export function hookTrainingMethods(
  original: TrainableClass,
  hook: MethodHook,
  { integration, module }: HookSite,
): Undo[] {
  return replaceMethods(original.prototype as object, hook.methods, (method) => (self, args, call) => {
    const run = (given: readonly unknown[]) => Reflect.apply(call, self, given as unknown[]);
    if (typeof self !== "object" || self === null || !isRecorded(integration.name, self)) return run(args);
    const caught = {
      integration,
      begin: hook.begin.bind(hook),
      library: module.exports,
      libraryVersion: module.version,
      libraryFile: module.file,
      estimator: self.constructor?.name || hook.estimator,
      method,
      self,
      args,
      lost: [],
    };
    return recordTraining(caught, run, hook.delegate?.(self));
  });
}

/** Hooks the methods that measure a model. */
export function hookEvaluations(original: TrainableClass, hook: EvaluationHook, integration: Integration): Undo[] {
  return replaceMethods(original.prototype as object, hook.methods, () => (self, args, call) => {
    const result = Reflect.apply(call, self, args);
    const isMeasured = typeof self === "object" && self !== null && isRecorded(integration.name, self);
    if (!isMeasured) return result;
    return requireEvaluation().recordEvaluation(hook, self, args, result);
  });
}

/** Hooks what rebuilds a model: what is constructed inside is no training. */
export function hookRestores(original: TrainableClass, hook: RestoreHook): Undo[] {
  return replaceMethods(
    original,
    hook.methods,
    () => (self, args, call) => nested(() => Reflect.apply(call, self, args)),
  );
}

function replaceMethods(
  start: object,
  names: readonly string[],
  make: (name: string) => (self: unknown, args: unknown[], original: Method) => unknown,
): Undo[] {
  return names.flatMap((name) => {
    const owner = ownerOf(start, name);
    const undo = owner && replaceProperty(owner, name, (old) => wrapFunction(old as Method, make(name) as never));
    return undo ? [undo] : [];
  });
}

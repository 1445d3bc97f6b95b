import { now, warnOnce } from "../../core";
import type { ConstructorHook } from "../../libraries";
import { optionsFor } from "../options";
import { isRecorded, recordTraining, requireRecording, type CaughtCall } from "../recording";
import { guarded } from "../session";
import { describeConstruction, type HookSite, type TrainableClass } from "./hook-site";
import { watchCalls } from "./late-calls";
import { beginLateTraining, currentLateTraining, endLateTraining, isInsideLateTraining } from "./late-trainings";
import { originalOf, replaceProperty, type Undo, wrapFunction } from "./wrap";

/**
 * Hooks a class that the user's code may hold already, without replacing it. What the hook does not show of the arguments
 * is lost, and said so. See `LateHook`.
 */
export function hookBoundClass(original: TrainableClass, hook: ConstructorHook, site: HookSite): Undo {
  const prototype = original.prototype as object;
  const undos: (Undo | undefined)[] = [];
  const begin = (self: object) => {
    if (isRecorded(site.integration.name))
      guarded("seeing a training begin", () => beginTraining(original, self, hook, site));
  };
  const { late } = hook;
  if (late.begin === "super") undos.push(interposeParent(original, begin));
  else undos.push(watchField(prototype, late.begin.field, begin));
  for (const end of late.ends) {
    if ("method" in end) undos.push(watchReturn(prototype, end.method, endLateTraining));
    else
      undos.push(
        watchField(prototype, end.field, (self) => end.when?.(self as never) === false || endLateTraining(self)),
      );
  }
  return () => {
    for (const undo of undos.reverse()) undo?.();
  };
}

/** Gives the arguments of a library's own function to the construction that calls it. */
export function captureArguments(args: readonly unknown[]): void {
  const current = currentLateTraining();
  if (current?.args.length === 0) current.args = args;
}

function beginTraining(original: TrainableClass, self: object, hook: ConstructorHook, site: HookSite): void {
  if (isInsideLateTraining(self)) return;
  const estimator = originalOf(self.constructor) === original ? hook.estimator : self.constructor.name;
  const startTime = now();
  const watched = watchCalls(hook.late.calls ?? [], site.module.file, (take) => {
    training.args = take(training.args);
  });
  const training = {
    self,
    className: original.name,
    args: [] as readonly unknown[],
    unwatch: watched.undo,
    settle: (seen: readonly unknown[], hasThrown: boolean) => {
      const lost = watched.complete ? [] : hook.late.lost;
      // A class whose arguments can all be seen was given none of them: a model was reloaded.
      if (seen.length === 0 && hook.late.kept === undefined && lost.length === 0) return;
      const args = argumentsOf(hook, self, seen);
      record({ ...describeConstruction(hook, site), estimator, self, args, lost, startTime }, self, hasThrown);
    },
  };
  beginLateTraining(training);
}

function record(caught: CaughtCall, self: object, hasThrown: boolean): void {
  const { integration, estimator, lost } = caught;
  if (lost.length > 0 && !optionsFor(integration.name).silent)
    warnOnce(
      "autolog:partial",
      `${estimator} was imported before trackbook, so its ${lost.join(" and ")} could not be seen; import trackbook first, or start with node --import trackbook/register`,
    );
  // The error is the caller's alone: this hook never sees it.
  if (hasThrown) requireRecording().Recording.begin(caught)?.fail(undefined);
  else recordTraining(caught, () => self);
}

function argumentsOf({ late: { kept = [] } }: ConstructorHook, self: object, seen: readonly unknown[]): unknown[] {
  return Array.from({ length: Math.max(kept.length, seen.length) }, (_, index) => {
    const field = kept[index];
    return field === undefined ? seen[index] : (self as Record<string, unknown>)[field];
  });
}

function interposeParent(original: TrainableClass, begin: (self: object) => void): Undo {
  const parent = Object.getPrototypeOf(original) as new (...args: unknown[]) => object;
  const between = class extends parent {
    constructor(...args: unknown[]) {
      super(...args);
      begin(this);
    }
  };
  Object.defineProperty(between, "name", { value: parent.name });
  Object.setPrototypeOf(original, between);
  return () => {
    if (Object.getPrototypeOf(original) === between) Object.setPrototypeOf(original, parent);
  };
}

/** The assignment makes the field an own property, as without the accessor, and is told once it has been made. */
function watchField(prototype: object, field: string, assigned: (self: object) => void): Undo | undefined {
  if (Object.hasOwn(prototype, field)) return undefined;
  Object.defineProperty(prototype, field, {
    configurable: true,
    enumerable: false,
    get: () => undefined,
    set(this: object, value: unknown) {
      Object.defineProperty(this, field, { value, writable: true, enumerable: true, configurable: true });
      assigned(this);
    },
  });
  return () => {
    delete (prototype as Record<string, unknown>)[field];
  };
}

function watchReturn(prototype: object, method: string, returned: (self: object) => void): Undo | undefined {
  return replaceProperty(prototype, method, (original) =>
    wrapFunction(original as (...args: never[]) => unknown, (self, args, call) => {
      const result = Reflect.apply(call, self, args);
      returned(self as object);
      return result;
    }),
  );
}

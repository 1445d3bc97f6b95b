import { globalSlot, now } from "../../core";
import type { ConstructorHook } from "../../libraries";
import { isRecorded, recordTraining } from "../record-training";
import { guarded, isNested } from "../session";
import { describeConstruction, type HookSite, type TrainableClass } from "./hook-site";
import { replaceProperty, type Undo, wrapFunction } from "./wrap";

/** A construction that was seen to begin. */
interface LateTraining {
  readonly self: object;
  readonly className: string;
  readonly end: (args: readonly unknown[]) => void;
  args: readonly unknown[] | undefined;
}

const underWay = globalSlot("late-trainings", () => [] as LateTraining[]);

/**
 * Hooks a class that the user's code may hold already, without replacing it. What the hook does not show of the arguments
 * is lost, and said so. See `LateHook`.
 */
export function hookBoundClass(original: TrainableClass, hook: ConstructorHook, site: HookSite): Undo {
  const prototype = original.prototype as object;
  const undos: (Undo | undefined)[] = [];
  const begin = (self: object) => guarded("seeing a training begin", () => beginTraining(original, self, hook, site));
  const { late } = hook;
  if (late.begin === "super") undos.push(interposeParent(original, begin));
  else undos.push(watchField(prototype, late.begin.field, begin));
  for (const end of late.ends) {
    if ("method" in end) undos.push(watchReturn(prototype, end.method, endTraining));
    else undos.push(watchField(prototype, end.field, (self) => end.when?.(self as never) === false || endTraining(self)));
  }
  return () => {
    for (const undo of undos.reverse()) undo?.();
  };
}

/** Gives the arguments of a library's own function to the construction that calls it. */
export function captureArguments(args: readonly unknown[]): void {
  const current = underWay.at(-1);
  if (current) current.args ??= args;
}

/** True while a constructor seen by a late hook is on the stack: what it constructs is part of it. One that has thrown is not on the stack. */
export function isInsideLateTraining(): boolean {
  const current = underWay.at(-1);
  if (!current) return false;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const stack = String(new Error().stack);
  Error.stackTraceLimit = stackTraceLimit;
  return stack.includes(`new ${current.className} (`);
}

function beginTraining(original: TrainableClass, self: object, hook: ConstructorHook, site: HookSite): void {
  if (!isRecorded(site.integration.name) || isInsideLateTraining()) return;
  const estimator = self.constructor === original ? hook.estimator : self.constructor.name;
  const startTime = now();
  underWay.push({
    self,
    className: original.name,
    args: undefined,
    end: (seen) => {
      const args = argumentsOf(hook, self, seen);
      const caught = { ...describeConstruction(hook, site), estimator, self, args, lost: hook.late.lost, startTime };
      recordTraining(caught, () => self);
    },
  });
  // A constructor that threw never ends.
  queueMicrotask(() => drop(self));
}

function endTraining(self: object): void {
  const training = drop(self);
  if (training && !isNested()) guarded("seeing a training end", () => training.end(training.args ?? []), undefined);
}

function drop(self: object): LateTraining | undefined {
  const index = underWay.findLastIndex((training) => training.self === self);
  return index < 0 ? undefined : underWay.splice(index, 1)[0];
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

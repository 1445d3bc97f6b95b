import { globalSlot } from "../../core";
import { flushQueues } from "../../tracking";
import { guarded } from "../session";
import type { Undo } from "./wrap";

/** A construction that was seen to begin, by a hook that is not around it. */
export interface LateTraining {
  readonly self: object;
  /** As the stack names the constructor. */
  readonly className: string;
  /** What is known of the constructor's arguments, by position. */
  args: readonly unknown[];
  /** Takes off what watches the construction only. */
  readonly unwatch: Undo;
  /** Records the training as one that has succeeded, or thrown. */
  readonly settle: (args: readonly unknown[], hasThrown: boolean) => void;
}

const underWay = globalSlot("late-trainings", () => [] as LateTraining[]);

/** The construction begun last, if any is under way. */
export const currentLateTraining = (): LateTraining | undefined => underWay.at(-1);

/** Notes a construction that has begun; one that throws is settled in the next microtask at the latest, for nothing else tells of it. */
export function beginLateTraining(training: LateTraining): void {
  watchEnding();
  underWay.push(training);
  queueMicrotask(() => settle(training, true));
}

/** Settles the construction of `self`, whose last step has been seen. */
export function endLateTraining(self: object): void {
  const training = underWay.findLast((candidate) => candidate.self === self);
  if (training) settle(training, false);
}

/**
 * True while a constructor that was seen to begin is on the stack: what it constructs is part of it. Those that have thrown are settled. `self` is the
 * object whose construction asks, if it has begun: its own constructors are on the stack too.
 */
export function isInsideLateTraining(self?: object): boolean {
  while (underWay.length > 0) {
    const current = underWay.at(-1) as LateTraining;
    const own = self && isMadeBy(self, current.className) ? 1 : 0;
    if (countOnStack(current.className) > own) return true;
    settle(current, true);
  }
  return false;
}

function isMadeBy(self: object, className: string): boolean {
  for (let prototype = Object.getPrototypeOf(self); prototype; prototype = Object.getPrototypeOf(prototype))
    if (prototype.constructor.name === className) return true;
  return false;
}

const ending = globalSlot("late-trainings-ending", () => ({ watched: false }));

/** A program that dies of a constructor's error, or exits upon it, comes to no next microtask. */
function watchEnding(): void {
  if (ending.watched) return;
  ending.watched = true;
  const settleAll = () => {
    if (underWay.length === 0) return;
    for (const training of [...underWay]) settle(training, true);
    flushQueues();
  };
  process.on("uncaughtExceptionMonitor", settleAll);
  process.on("exit", settleAll);
}

function settle(training: LateTraining, hasThrown: boolean): void {
  const index = underWay.lastIndexOf(training);
  if (index < 0) return;
  underWay.splice(index, 1);
  training.unwatch();
  guarded("recording a training that was seen to end", () => training.settle(training.args, hasThrown));
}

const FRAMES = 50;

/** How many constructors of this name run. Asks for the frames themselves, whatever the program or its loader makes of a stack's text. */
function countOnStack(className: string): number {
  const { stackTraceLimit } = Error;
  const prepare = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  let count = 0;
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (_error, frames) => {
    count = frames.filter((frame) => frame.isConstructor() && frame.getFunctionName() === className).length;
  };
  void new Error().stack;
  if (prepare) Object.defineProperty(Error, "prepareStackTrace", prepare);
  else Reflect.deleteProperty(Error, "prepareStackTrace");
  Error.stackTraceLimit = stackTraceLimit;
  return count;
}

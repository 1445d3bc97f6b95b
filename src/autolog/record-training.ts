import { globalSlot } from "../core";
import { explicitRun } from "../tracking";
import { isEnabled, optionsFor } from "./options";
import { type CaughtCall, Recording } from "./recording";
import { guarded, isNested, nested } from "./session";

/** Inner objects to which a library delegates the training of an outer one that is under way: counted, because trainings may overlap. */
const delegates = globalSlot("delegates", () => new WeakMap<object, number>());

/** Whether a call of this integration is a training to be recorded. Asked on every call, so it is cheap. */
export function isRecorded(integration: string, self?: unknown): boolean {
  if (!isEnabled() || isNested()) return false;
  if (typeof self === "object" && self !== null && delegates.get(self)) return false;
  const { disable, exclusive } = optionsFor(integration);
  return !disable && !(exclusive && explicitRun());
}

/**
 * Runs a training and records it. The original is called exactly once, with the user's arguments (a plan may add a callback); its result or its very error
 * comes back. A fault of the recording is a warning.
 */
export function recordTraining(
  caught: CaughtCall,
  original: (args: readonly unknown[]) => unknown,
  delegate?: object,
): unknown {
  const recording = guarded("starting to record a training", () => Recording.begin(caught));
  const release = delegate ? holdBack(delegate) : () => {};
  let result: unknown;
  try {
    result = nested(() => original(recording?.args ?? caught.args));
  } catch (error) {
    release();
    recording?.fail(error);
    throw error;
  }
  if (!isPromise(result)) {
    release();
    recording?.finish(result);
    return result;
  }
  const released = result.then(
    (value) => {
      release();
      return value;
    },
    (error) => {
      release();
      throw error;
    },
  );
  return recording ? recording.follow(released) : released;
}

function holdBack(delegate: object): () => void {
  delegates.set(delegate, (delegates.get(delegate) ?? 0) + 1);
  return () => delegates.set(delegate, (delegates.get(delegate) ?? 1) - 1);
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";

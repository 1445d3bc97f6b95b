import { types } from "node:util";
import { globalSlot } from "../../core";
import { whenAborted } from "../../runtime";
import { activeOrInherited } from "../../tracking";
import { isEnabled, optionsFor } from "../options";
import type { CaughtCall, Recording } from "./recording";
import { requireRecording } from "./on-demand";
import { guarded, isNested, nested } from "../session";

/** Inner objects to which a library delegates the training of an outer one that is under way: counted, because trainings may overlap. */
const delegates = globalSlot("delegates", () => new WeakMap<object, number>());

/** Whether a call of this integration is a training to be recorded. Asked on every call, so it is cheap. */
export function isRecorded(integration: string, self?: unknown): boolean {
  if (!isEnabled() || isNested()) return false;
  if (typeof self === "object" && self !== null && delegates.get(self)) return false;
  const { disable, exclusive } = optionsFor(integration);
  return !disable && !(exclusive && isUsersRunActive());
}

const isUsersRunActive = (): boolean =>
  guarded("looking for the active run", () => activeOrInherited()?.explicit) ?? false;

/**
 * Runs a training and records it. The original is called exactly once, with the user's arguments (a plan may add a callback); its result or its very error
 * comes back. A fault of the recording is a warning.
 */
export function recordTraining(
  caught: CaughtCall,
  original: (args: readonly unknown[]) => unknown,
  delegate?: object,
): unknown {
  const recording = guarded("starting to record a training", () => requireRecording().Recording.begin(caught));
  const release = delegate ? holdBack(delegate) : () => {};
  const cameBack = whenAborted(release);
  let result: unknown;
  try {
    result = nested(() => (recording ? recording.train(original) : original(caught.args)));
  } catch (error) {
    release();
    recording?.fail(error);
    throw error;
  } finally {
    cameBack();
  }
  if (types.isPromise(result)) return follow(result, recording, release);
  release();
  recording?.finish(result);
  return result;
}

/** The caller's promise is one of its own: that we wait for the training does not make its rejection a handled one. */
function follow(result: Promise<unknown>, recording: Recording | undefined, release: () => void): Promise<unknown> {
  const settled = settle(result, recording, release);
  recording?.holdOpen(settled);
  return settled.then((value) => value);
}

async function settle(
  result: Promise<unknown>,
  recording: Recording | undefined,
  release: () => void,
): Promise<unknown> {
  let value: unknown;
  try {
    value = await result;
  } catch (error) {
    release();
    recording?.fail(error);
    throw error;
  }
  release();
  await recording?.finishLater(value);
  return value;
}

function holdBack(delegate: object): () => void {
  delegates.set(delegate, (delegates.get(delegate) ?? 0) + 1);
  return () => delegates.set(delegate, (delegates.get(delegate) ?? 1) - 1);
}

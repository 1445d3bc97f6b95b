import type { ConstructorHook } from "../../libraries";
import { isRecorded, recordTraining } from "../recording";
import { describeConstruction, type HookSite, type TrainableClass } from "./hook-site";
import { isInsideLateTraining } from "./late-trainings";
import { isLeftAlone } from "./versions";
import { wrapClass } from "./wrap";

/** The class's wrapper: constructing through it is a training, seen with all its arguments. */
export function wrapTrainedClass(original: TrainableClass, hook: ConstructorHook, site: HookSite): TrainableClass {
  return wrapClass(original, (args, newTarget, create) => {
    if (!isRecorded(site.integration.name) || isLeftAlone(site.module) || isInsideLateTraining()) return create(args);
    const estimator = newTarget === original ? hook.estimator : (newTarget as TrainableClass).name || hook.estimator;
    const caught = { ...describeConstruction(hook, site), estimator, self: undefined, args, lost: [] };
    return recordTraining(caught, create) as object;
  });
}

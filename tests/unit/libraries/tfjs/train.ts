import * as layers from "@tensorflow/tfjs-layers";
import { tfjs } from "../../../../src/libraries/tfjs";
import type { MethodHook, TrainingCall, TrainingOutcome, TrainingPlan } from "../../../../src/libraries";

/** What a training told while it ran. */
export interface Told {
  readonly epochs: (readonly [number, Readonly<Record<string, number>>])[];
  readonly steps: (readonly [number, Readonly<Record<string, number>>])[];
}

export interface Recorded {
  readonly plan: TrainingPlan;
  readonly told: Told;
  readonly outcome: TrainingOutcome;
  readonly history: layers.History;
}

const OPTIONS = {
  logModels: true,
  logDatasets: true,
  logModelSignatures: true,
  logInputExamples: false,
  everyNEpochs: 1,
  everyNSteps: undefined,
};

/** Trains as the engine does: begin, the original with what begin gives, finish; or flush when it fails. */
export async function record(
  model: object,
  method: "fit" | "fitDataset",
  args: readonly unknown[],
  {
    options = {},
    told = { epochs: [], steps: [] },
    isStopped = () => false,
    onFault = (error) => {
      throw error;
    },
  }: {
    options?: Partial<TrainingCall["options"]>;
    /** Where what is told is kept. */
    told?: Told;
    isStopped?: (told: Told) => boolean;
    onFault?: (error: unknown) => void;
  } = {},
): Promise<Recorded> {
  const hook = hookFor(model);
  const plan = hook.begin({
    library: layers,
    libraryVersion: "4.22.0",
    estimator: hook.estimator,
    method,
    self: model,
    args,
    complete: true,
    options: { ...OPTIONS, ...options },
    progress: {
      epoch: (epoch, metrics) => told.epochs.push([epoch, metrics]),
      step: (step, metrics) => told.steps.push([step, metrics]),
      fault: onFault,
      get stopRequested() {
        return isStopped(told);
      },
    },
  }) as TrainingPlan;
  const original = (model as Record<string, (...args: unknown[]) => Promise<layers.History>>)[method] as (
    ...args: readonly unknown[]
  ) => Promise<layers.History>;
  const history = await original.apply(model, [...(plan.args ?? args)]).catch((error: unknown) => {
    plan.flush?.();
    throw error;
  });
  return { plan, told, outcome: await plan.finish({ result: history, model }), history };
}

export const hookFor = (model: object): MethodHook =>
  tfjs.trainings.find(
    ({ estimator }) => estimator === (model instanceof layers.Sequential ? "Sequential" : "LayersModel"),
  ) as MethodHook;

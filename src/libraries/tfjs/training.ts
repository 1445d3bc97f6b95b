import type { TrainingCall, TrainingOutcome, TrainingPlan } from "../integration";
import { EpochRecorder, type HistoryLike } from "./epoch-recorder";
import { replaceOptions, standardCallbacks, type LayersLibrary } from "./inject-callback";
import type { LayersModelLike } from "./layers-model";
import { endingOf } from "./metrics";
import { findEarlyStopping, fitOptions, optionsIndex, trainingParams } from "./params";
import { signatureOf } from "./signature";
import { summaryOf } from "./summary";
import { givenData, passedData, watchDatasets, type WatchedDatasets } from "./training-data";

/** Plans how a `fit` or `fitDataset` is recorded. */
export function begin(call: TrainingCall): TrainingPlan {
  const model = call.self as LayersModelLike;
  const options = fitOptions(call);
  const stopping = findEarlyStopping(options.callbacks);
  const recorder = new EpochRecorder(model, call.progress, call.options);
  const watched = watchDatasets(call);
  return {
    estimatorName: call.estimator,
    params: trainingParams(call, model, stopping),
    epochs: plannedEpochs(options),
    data: givenData(call, model),
    args: changedArguments(call, recorder, watched),
    holdsLoop: options.yieldEvery === "never",
    stop: () => {
      model.stopTraining = true;
    },
    flush: () => recorder.flush(),
    finish: async ({ result }): Promise<TrainingOutcome> => {
      const history = result as HistoryLike;
      await recorder.finish(history);
      return {
        params: call.method === "fitDataset" ? { batch_size: recorder.batchSize ?? null } : {},
        ...endingOf(call, history, stopping),
        files: [{ path: "model_summary.txt", content: summaryOf(model) }],
        signature: call.options.logModelSignatures ? signatureOf(model) : undefined,
        data: passedData(watched),
      };
    },
  };
}

function plannedEpochs({ epochs, initialEpoch }: Readonly<Record<string, unknown>>): number | undefined {
  const planned = Number(epochs ?? 1) - Number(initialEpoch ?? 0);
  return planned > 0 ? planned : undefined;
}

/** The call's arguments with our callbacks and the watched data sets; `undefined`, the user's own, where tfjs refuses them anyway. */
function changedArguments(
  call: TrainingCall,
  recorder: EpochRecorder,
  { train, validation }: WatchedDatasets,
): readonly unknown[] | undefined {
  const index = optionsIndex(call.method);
  // Only fit does without options; for fitDataset they are required.
  const given = call.args[index] === undefined && call.method === "fit" ? {} : call.args[index];
  if (given === null || typeof given !== "object") return undefined;
  const library = call.library as LayersLibrary;
  const args = [...call.args];
  if (train) args[0] = train.dataset;
  try {
    const callbacks = recorder.around(standardCallbacks(given as Record<string, unknown>, library), library);
    args[index] = replaceOptions(given, { callbacks, ...(validation && { validationData: validation.dataset }) });
  } catch {
    // Callbacks that tfjs does not take: the original says so itself.
    return undefined;
  }
  return args;
}

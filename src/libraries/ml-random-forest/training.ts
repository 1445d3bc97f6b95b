import type { TrainingCall, TrainingOutcome, TrainingPlan } from "../integration";
import { confusionFiles, importanceFiles } from "./files";
import { askForest, type ForestLike } from "./forest";
import { forestMetrics } from "./metrics";
import { forestParams, trainedTreeParams } from "./params";

/** Plans how `train` is recorded. */
export function begin({ estimator, self, args: [samples, targets] }: TrainingCall): TrainingPlan {
  const forest = self as ForestLike;
  return {
    estimatorName: estimator,
    params: forestParams(forest),
    data: [{ context: "train", data: samples, targets }],
    finish: () => outcomeOf(forest, samples, targets as ArrayLike<number>),
  };
}

function outcomeOf(forest: ForestLike, samples: unknown, targets: ArrayLike<number>): TrainingOutcome {
  const labels = forest.isClassifier ? [...new Set(Array.from(targets))] : [];
  const answers = askForest(forest, samples, labels);
  return {
    params: trainedTreeParams(forest),
    metrics: forestMetrics(forest, targets, answers, labels),
    files: [...(forest.isClassifier ? confusionFiles(targets, answers.predicted) : []), ...importanceFiles(forest)],
    signature: { input: samples, output: answers.predicted },
  };
}

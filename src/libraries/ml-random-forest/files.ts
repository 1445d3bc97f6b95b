import { confusionMatrix } from "../../models/metrics/classification";
import type { TrainingOutcome } from "../integration";
import type { ForestLike } from "./forest";

type Files = NonNullable<TrainingOutcome["files"]>;

/** Which class was taken for which on the training data, as a picture and as numbers. */
export function confusionFiles(actual: ArrayLike<number>, predicted: readonly number[]): Files {
  const { confusionMatrixView } = require("../../view") as typeof import("../../view");
  const { labels, matrix } = confusionMatrix(actual, predicted);
  const description = { labels: labels.map(String), counts: matrix, title: "training confusion matrix" };
  const picture = confusionMatrixView.svg?.(description, { now: 0 });
  return [
    ...(picture ? [{ path: "training_confusion_matrix.svg", content: picture }] : []),
    { path: "training_confusion_matrix.json", content: JSON.stringify({ labels, matrix }) },
  ];
}

/** Column → importance, as MLflow's XGBoost autologging keeps it. Of trees without any split there is none. */
export function importanceFiles(forest: ForestLike): Files {
  const importance = forest.featureImportance();
  if (!importance.every(Number.isFinite)) return [];
  return [{ path: "feature_importance.json", content: JSON.stringify(Object.fromEntries(importance.entries())) }];
}

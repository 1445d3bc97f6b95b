export type { ClassLabel } from "./class-label";
export { classificationMetrics, type ClassificationOptions, type ClassProbabilities } from "./classification-metrics";
export { confusionMatrix, type ConfusionMatrix } from "./confusion-matrix";

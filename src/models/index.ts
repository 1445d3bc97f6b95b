export { captureTable } from "./capture-table";
export type { ClassLabel } from "./class-label";
export { classificationMetrics, type ClassificationOptions, type ClassProbabilities } from "./classification-metrics";
export { CODE_FOLDER, collectCode, type CodeRequest, type CollectedCode } from "./code";
export type { ColumnType, DataType, PropertyType } from "./column-type";
export { confusionMatrix, type ConfusionMatrix } from "./confusion-matrix";
export {
  captureDataset,
  dataset,
  type CapturedDataset,
  type DatasetOptions,
} from "./dataset";
export {
  declareSignature,
  type OtherText,
  type ParamDeclaration,
  type SchemaDeclaration,
  type SignatureDeclaration,
  type TypeText,
} from "./declared-signature";
export { COPIES, environmentOf, isolatedEnvironment, type IsolatedEnvironmentOptions } from "./environment";
export type { Flavor, LoadableFlavor, ModelFile, ModelSnapshot, SnapshotOptions } from "./flavor";
export type { InputExample } from "./input-example";
export {
  AskableModel,
  findModel,
  type LoadedModel,
  type LoadedModelParts,
  type ModelInfo,
  modelPackages,
  packageLoader,
  readModelInfo,
} from "./loaded";
export { type LoggedModelDraft, logModelOnRun, snapshotBytes } from "./logged-model";
export { MLMODEL_VERSION } from "./mlmodel";
export { modelFolderFiles, saveModelFolder, sizeOfFiles, type ModelFolderDetails } from "./model-folder";
export type { ModelSource, PredictionInput, Predictor } from "./predictor";
export { regressionMetrics, type RegressionValues } from "./regression-metrics";
export {
  schemaOf,
  type ColumnSpec,
  type ColumnSpecJson,
  type Schema,
  type SchemaJson,
  type TensorSpec,
  type TensorSpecJson,
} from "./schema";
export { inferSignature, ModelSignature, type SignatureParts, type SignatureText } from "./signature";
export type { ParamSpec, ParamSpecJson } from "./signature-params";
export {
  SAMPLE_LIMITS,
  sizeOfShape,
  type ColumnSample,
  type OpaqueReason,
  type SampleLimits,
  type TableSample,
  type TensorSample,
} from "./table-sample";
export type { TensorType } from "./tensor-type";

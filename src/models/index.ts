export { captureTable } from "./table";
export type { ClassLabel } from "./metrics";
export { classificationMetrics, type ClassificationOptions, type ClassProbabilities } from "./metrics";
export { CODE_FOLDER, collectCode, type CodeRequest, type CollectedCode } from "./code";
export type { ColumnType, DataType, PropertyType } from "./table";
export { confusionMatrix, type ConfusionMatrix } from "./metrics";
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
} from "./signature";
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
export { regressionMetrics, type RegressionValues } from "./metrics";
export {
  schemaOf,
  type ColumnSpec,
  type ColumnSpecJson,
  type Schema,
  type SchemaJson,
  type TensorSpec,
  type TensorSpecJson,
} from "./signature";
export { inferSignature, ModelSignature, type SignatureParts, type SignatureText } from "./signature";
export type { ParamSpec, ParamSpecJson } from "./signature";
export {
  SAMPLE_LIMITS,
  sizeOfShape,
  type ColumnSample,
  type OpaqueReason,
  type SampleLimits,
  type TableSample,
  type TensorSample,
} from "./table";
export type { TensorType } from "./table";

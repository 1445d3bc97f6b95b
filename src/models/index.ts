// Behind doors of their own is what most trainings need nothing of, and would wait for: ./code, ./loaded, ./environment/isolated, ./metrics/classification,
// ./metrics/regression.
export {
  captureTable,
  type ColumnSample,
  type ColumnType,
  type DataType,
  type OpaqueReason,
  type PropertyType,
  SAMPLE_LIMITS,
  type SampleLimits,
  sizeOfShape,
  type TableSample,
  type TensorSample,
  type TensorType,
  TYPED_ARRAYS,
} from "./table";
export {
  captureDataset,
  dataset,
  type CapturedDataset,
  type DatasetOptions,
} from "./dataset";
export {
  type ColumnSpec,
  type ColumnSpecJson,
  declareSignature,
  inferSignature,
  inferSignatureOf,
  ModelSignature,
  type OtherText,
  type ParamDeclaration,
  type ParamSpec,
  type ParamSpecJson,
  type Schema,
  type SchemaDeclaration,
  type SchemaJson,
  schemaOf,
  type SignatureDeclaration,
  type SignatureParts,
  type SignatureText,
  type TensorSpec,
  type TensorSpecJson,
  type TypeText,
} from "./signature";
export { environmentOf } from "./environment";
export type { Flavor, LoadableFlavor, ModelFile, ModelSnapshot, SnapshotOptions } from "./flavor";
export type { InputExample } from "./input-example";
export type { LoadedModel, LoadedModelParts, ModelInfo } from "./loaded";
export { type LoggedModelDraft, logModelOnRun, snapshotBytes } from "./logged-model";
export { MLMODEL_VERSION } from "./mlmodel";
export { modelFolderFiles, saveModelFolder, sizeOfFiles, type ModelFolderDetails } from "./model-folder";
export type { ModelSource, PredictionInput, Predictor } from "./predictor";

import { type AutologDisplay, onTraining, optionsFor, prepareAutolog } from "./autolog";
import { type Dataset, globalSlot } from "./core";
import type { DatasetOptions, ModelSignature, SignatureDeclaration } from "./models";
import { currentRuntime, displayModeOfEnvironment } from "./runtime";

export type {
  AutologDisplay,
  AutologOptions,
  LibraryAutologOptions,
  Training,
  TrainingEvent,
  TrainingListener,
  TrainingResult,
} from "./autolog";
export { autolog, onTraining, registerIntegration, track } from "./autolog";
export type {
  Dataset,
  DatasetInput,
  ErrorCode,
  Experiment,
  FileInfo,
  LifecycleStage,
  LoggedModel,
  LoggedModelStatus,
  Metric,
  ModelInput,
  ModelOutput,
  ModelVersion,
  ModelVersionStage,
  ModelVersionStatus,
  Param,
  Problem,
  RegisteredModel,
  RunData,
  RunInfo,
  RunInputs,
  RunOutputs,
  RunStatus,
  Tag,
  TerminalStatus,
  ViewType,
} from "./core";
export { InvalidInputError, StoreError, TrackbookError } from "./core";
export type {
  CaptureHook,
  ConstructorHook,
  EvaluationHook,
  FunctionContext,
  FunctionModel,
  HookTarget,
  Integration,
  LateCall,
  LateEnd,
  LateHook,
  LoggedModelInfo,
  LogModelOptions,
  MethodHook,
  PredictiveModule,
  RestoreHook,
  SaveModelOptions,
  TrainingCall,
  TrainingData,
  TrainingOptions,
  TrainingOutcome,
  TrainingPlan,
  TrainingProgress,
} from "./libraries";
export { loadModel, logModel, saveModel } from "./libraries";
export type {
  ColumnSpec,
  ColumnSpecJson,
  ColumnType,
  DatasetOptions,
  DataType,
  Flavor,
  LoadedModel,
  ColumnSample,
  ModelFile,
  ModelInfo,
  ModelSignature,
  ModelSnapshot,
  ModelSource,
  OtherText,
  ParamDeclaration,
  ParamSpec,
  ParamSpecJson,
  PredictionInput,
  Predictor,
  PropertyType,
  Schema,
  SchemaDeclaration,
  SchemaJson,
  SignatureDeclaration,
  SignatureParts,
  SignatureText,
  SnapshotOptions,
  TensorSample,
  TensorSpec,
  TensorSpecJson,
  TensorType,
  TypeText,
} from "./models";
export type {
  ArtifactOptions,
  ArtifactPathOptions,
  CreateExperimentOptions,
  CreateLoggedModelOptions,
  CreateModelVersionOptions,
  CreateRegisteredModelOptions,
  CreateRunOptions,
  Figure,
  Image,
  ImageTensor,
  LogBatchOptions,
  LogImageOptions,
  LogInputOptions,
  LogMetricOptions,
  MetricOptions,
  MetricPoint,
  PagedList,
  Pixels,
  RegisterModelOptions,
  RunFunction,
  SearchLoggedModelsOptions,
  SearchLoggedModelsQuery,
  SearchOptions,
  SearchQuery,
  SearchRunsQuery,
  StartRunOptions,
  Table,
} from "./tracking";
export {
  ActiveRun,
  activeRun,
  deleteTag,
  downloadArtifacts,
  endRun,
  flush,
  getArtifactUri,
  getExperiment,
  getExperimentByName,
  getRun,
  getTrackingUri,
  lastActiveRun,
  listArtifacts,
  logArtifact,
  logArtifacts,
  logDict,
  logFigure,
  logImage,
  logInput,
  logMetric,
  logMetrics,
  logParam,
  logParams,
  logTable,
  logText,
  registerModel,
  Run,
  RunList,
  searchExperiments,
  searchLoggedModels,
  searchModelVersions,
  searchRegisteredModels,
  searchRuns,
  setExperiment,
  setExperimentTag,
  setExperimentTags,
  setRegistryUri,
  setTag,
  setTags,
  setTrackingUri,
  startRun,
  TrackingClient,
} from "./tracking";

prepareAutolog();

/** What describes data and models, loaded by the first call. */
const requireModels = () => require("./models") as typeof import("./models");

/**
 * Describes a data set for `logInput`: digest, schema, profile and source, never the data itself. Plain data that shows itself in one line
 * where it is a cell's last expression.
 *
 * @throws InvalidInputError when the data is none, the target column does not exist, or an option is unknown.
 * @example
 * logInput(dataset(rows, { name: "wine", targets: "quality", source: "wine.csv" }), { context: "train" });
 */
export function dataset(data: unknown, options?: DatasetOptions): Dataset {
  return requireModels().dataset(data, options);
}

/**
 * The signature of a model that takes such inputs, gives such outputs and is called with such params. Inputs and
 * outputs may be rows, columns, matrices, tensors, or tables of Apache Arrow or Danfo.js; of large ones 10,000 rows, evenly
 * spread, decide. A JavaScript number is always `double`; `long`, `integer` and `float` come from bigints, Int32Array,
 * Float32Array and Arrow's columns, or are declared: {@link declareSignature}.
 *
 * @throws InvalidInputError when nothing can be inferred: no rows, no values, or no data at all.
 * @example
 * String(inferSignature([{ age: 31, name: "Ada" }, { age: 2.5 }], [0, 1], { temperature: 0.5 }));
 * // "(age: double, name?: string) → float64[-1], params: temperature: double = 0.5"
 */
export function inferSignature(
  input?: unknown,
  output?: unknown,
  params?: Readonly<Record<string, unknown>>,
): ModelSignature {
  return requireModels().inferSignature(input, output, params);
}

/**
 * A signature in words, where the inferred one does not say what is meant: whole numbers that must stay whole, columns that may
 * be missing though no row of the data lacks them. Types are written as a signature shows them: of columns `boolean`,
 * `integer` (32 bits), `long` (64 bits), `float`, `double`, `string`, `binary`, `datetime`, with `?` where a value may be missing, lists as
 * `double[]`, objects as `{ lat: double, city?: string }`; of tensors `float32[-1, 4]`, −1 where any length will do.
 *
 * @throws InvalidInputError when a text names no type, columns and tensors are mixed, or a default is not of its type.
 * @example
 * const signature = declareSignature({
 *   inputs: { age: "integer", name: "string?", scores: "double[]" },
 *   outputs: "float64[-1]",
 *   params: { temperature: 0.5, topK: { type: "long", default: 3 } },
 * });
 * String(signature);
 * // "(age: integer, name?: string, scores: double[]) → float64[-1], params: temperature: double = 0.5, topK: long = 3"
 */
export function declareSignature(declaration: SignatureDeclaration): ModelSignature {
  return requireModels().declareSignature(declaration);
}

/** The live display, loaded by the first training that somebody may watch. */
globalSlot("display", () => {
  let shown: AutologDisplay = "none";
  let remove = () => {};
  return onTraining(({ type, training }) => {
    if (type !== "started") return;
    const { display, silent } = optionsFor(training.library);
    const wanted = silent ? "none" : (display ?? displayModeOfEnvironment() ?? "auto");
    if (wanted === shown || !currentRuntime().isInteractive) return;
    remove();
    shown = wanted;
    if (wanted === "none") return;
    const { installLiveDisplay } = require("./notebook") as typeof import("./notebook");
    remove = installLiveDisplay(wanted);
  });
});

import type { ModelFile } from "../../models";
import type { LayersModelLike, ModelArtifacts } from "./layers-model";
import { joinedBytes, modelFiles } from "./model-files";

/** A layers model's files, and what is said of them. */
export interface LayersSnapshot {
  readonly files: readonly ModelFile[];
  readonly generatedBy?: string;
  readonly isSequential: boolean;
}

/** A layers model's files, as tfjs-node's `file://` writes them and `tf.loadLayersModel` and the converter read them. */
export async function snapshotLayers(model: LayersModelLike): Promise<LayersSnapshot> {
  const { artifacts, topology, trainingConfig } = await takeArtifacts(model);
  const { format = "layers-model", generatedBy, convertedBy, userDefinedMetadata, weightSpecs = [] } = artifacts;
  const json = {
    ...{ modelTopology: topology, format, generatedBy, convertedBy },
    ...(trainingConfig !== undefined && { trainingConfig }),
    ...(userDefinedMetadata !== undefined && { userDefinedMetadata }),
  };
  return {
    files: modelFiles(json, weightSpecs, joinedBytes(artifacts.weightData)),
    generatedBy,
    isSequential: topology.class_name === "Sequential",
  };
}

/** `save` begins to read every weight before its first await, but asks for the topology only later: so we ask first. */
async function takeArtifacts(model: LayersModelLike) {
  const topology = asJson(model.toJSON(null, false));
  const trainingConfig = trainingConfigOf(model);
  let artifacts: ModelArtifacts | undefined;
  // Without the optimizer: reading Adam's state makes a tensor that nobody disposes.
  await model.save(
    {
      save: async (saved) => {
        artifacts = saved;
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
      },
    },
    { includeOptimizer: false },
  );
  return { artifacts: artifacts as ModelArtifacts, topology, trainingConfig };
}

/** A copy as the file will hold it. */
const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The optimizers that `tf.loadLayersModel` knows by name. */
const NAMED_OPTIMIZERS = ["SGD", "Momentum", "RMSProp", "Adagrad", "Adadelta", "Adam", "Adamax"];

/** With it the model loads compiled. A loss, metric or optimizer of the user's own has no name to load it by: it would fail to load. */
function trainingConfigOf(model: LayersModelLike): unknown {
  const { optimizer, loss, metrics } = model;
  if (!optimizer || !NAMED_OPTIMIZERS.includes(optimizer.getClassName()) || !isNamed(loss) || !isNamed(metrics))
    return undefined;
  return asJson((model.model ?? model).getTrainingConfig());
}

/** True for a name, names in a list or for each output, and nothing. */
const isNamed = (value: unknown): boolean =>
  typeof value === "object"
    ? Object.values(value ?? {}).every(isNamed)
    : typeof value === "string" || value === undefined;

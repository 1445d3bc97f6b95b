import { shippedText } from "../../core";
import type { Flavor, ModelSnapshot } from "../../models";
import { isLayersModel, type LayersModelLike, type ModelArtifacts } from "./layers-model";
import { predictor } from "./predictor";

const FOLDER = "data";

/**
 * A layers model in TensorFlow.js' own layout, as tfjs-node's `file://` writes it: `model.json` with the topology and one
 * manifest, and `weights.bin`. What `tf.loadLayersModel` and the tfjs-converter read.
 */
export const flavor: Flavor<LayersModelLike> = {
  name: "tfjs",
  // Whatever backend the training ran on: the native one is no part of the model.
  packages: ["@tensorflow/tfjs"],
  recognises: isLayersModel,
  snapshot,
  predictor,
};

async function snapshot(model: LayersModelLike): Promise<ModelSnapshot> {
  const { artifacts, topology, trainingConfig } = await takeArtifacts(model);
  const { format, generatedBy, convertedBy, userDefinedMetadata, weightSpecs } = artifacts;
  const json = {
    modelTopology: topology,
    format,
    generatedBy,
    convertedBy,
    ...(trainingConfig !== undefined && { trainingConfig }),
    ...(userDefinedMetadata !== undefined && { userDefinedMetadata }),
    weightsManifest: [{ paths: ["weights.bin"], weights: weightSpecs }],
  };
  return {
    files: [
      { path: `${FOLDER}/model.json`, bytes: JSON.stringify(json) },
      { path: `${FOLDER}/weights.bin`, bytes: weightBytes(artifacts) },
    ],
    predictorCode: shippedText(__dirname, "predictor.js"),
    config: {
      package: "@tensorflow/tfjs",
      package_version: /\d+\.\d+\.\d+\S*/.exec(generatedBy ?? "")?.[0] ?? null,
      // A subclass of the user's own is loaded as what it extends.
      export: topology.class_name === "Sequential" ? "Sequential" : "LayersModel",
      format: format ?? "layers-model",
      data: `${FOLDER}/model.json`,
    },
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

function weightBytes({ weightData }: ModelArtifacts): Uint8Array {
  if (weightData === undefined) return new Uint8Array();
  return Buffer.concat([weightData].flat().map((part) => new Uint8Array(part as ArrayBuffer)));
}

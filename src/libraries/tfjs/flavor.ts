import { shippedText } from "../../core/disk";
import type { Flavor, ModelSnapshot } from "../../models";
import { type GraphModelLike, isGraphModel } from "./graph-model";
import { graphSignature } from "./graph-signature";
import { snapshotGraph } from "./graph-snapshot";
import { isLayersModel, type LayersModelLike } from "./layers-model";
import { snapshotLayers } from "./layers-snapshot";
import { MODEL_FILE } from "./model-files";
import { predictor } from "./predictor";
import { signatureOf } from "./signature";

/** Layers models and graph models, in TensorFlow.js' own layout: with or without trackbook it loads them. */
export const flavor: Flavor<LayersModelLike | GraphModelLike> = {
  name: "tfjs",
  // Whatever backend the training ran on: the native one is no part of the model.
  packages: ["@tensorflow/tfjs"],
  recognises: (model) => isLayersModel(model) || isGraphModel(model),
  snapshot,
  predictor,
};

async function snapshot(model: LayersModelLike | GraphModelLike): Promise<ModelSnapshot> {
  const { files, signature, ...config } = isLayersModel(model) ? await layersPart(model) : await graphPart(model);
  return {
    files,
    signature,
    predictorCode: shippedText(__dirname, "predictor.js"),
    config: { package: "@tensorflow/tfjs", ...config, data: MODEL_FILE },
  };
}

async function layersPart(model: LayersModelLike) {
  const { files, generatedBy, isSequential } = await snapshotLayers(model);
  return {
    files,
    signature: model.inputs?.length > 0 ? signatureOf(model) : undefined,
    package_version: /\d+\.\d+\.\d+\S*/.exec(generatedBy ?? "")?.[0] ?? null,
    // A subclass of the user's own is loaded as what it extends.
    export: isSequential ? "Sequential" : "LayersModel",
    format: "layers-model",
  };
}

const graphPart = async (model: GraphModelLike) => ({
  files: await snapshotGraph(model),
  signature: graphSignature(model),
  export: "GraphModel",
  format: "graph-model",
});

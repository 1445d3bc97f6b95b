import type { ModelFile } from "../../models";
import type { ModelArtifacts } from "./layers-model";

const FOLDER = "data";

/** Where TensorFlow.js finds a model: the other files lie beside it. */
export const MODEL_FILE = `${FOLDER}/model.json`;

/** TensorFlow.js' own layout: `model.json` with the topology and one manifest, and `weights.bin`. */
export const modelFiles = (json: object, weights: readonly unknown[], bytes: Uint8Array): readonly ModelFile[] => [
  { path: MODEL_FILE, bytes: JSON.stringify({ ...json, weightsManifest: [{ paths: ["weights.bin"], weights }] }) },
  { path: `${FOLDER}/weights.bin`, bytes },
];

/** A copy of all weights. */
export function joinedBytes(weightData: ModelArtifacts["weightData"]): Uint8Array {
  if (weightData === undefined) return new Uint8Array();
  return Buffer.concat([weightData].flat().map((part) => new Uint8Array(part as ArrayBuffer)));
}

import type { ModelFile } from "../../models";
import type { GraphArtifacts, GraphModelLike } from "./graph-model";
import { joinedBytes, modelFiles } from "./model-files";

/** A graph model's files, as the converter writes them and `tf.loadGraphModel` reads them. */
export async function snapshotGraph(model: GraphModelLike): Promise<readonly ModelFile[]> {
  let files: readonly ModelFile[] = [];
  // The handler is called at once: what it is handed is copied before the first await.
  await model.save({
    save: async (artifacts) => {
      files = filesOf(model, artifacts);
    },
  });
  return files;
}

function filesOf(model: GraphModelLike, artifacts: GraphArtifacts): readonly ModelFile[] {
  const { modelTopology, generatedBy, convertedBy, weightData, weightSpecs = [] } = artifacts;
  const { signature, userDefinedMetadata, modelInitializer, initializerSignature } = artifacts;
  const json = {
    ...{ format: "graph-model", generatedBy, convertedBy, modelTopology, signature },
    ...{ userDefinedMetadata, modelInitializer, initializerSignature },
  };
  if (weightData !== undefined || weightSpecs.length === 0)
    return modelFiles(json, weightSpecs, joinedBytes(weightData));
  // Of weights that came as a stream there is nothing left but the tensors.
  const weights = (weightSpecs as readonly WeightSpec[]).map((spec) => readWeight(model, spec));
  const specs = weights.map(({ spec }) => spec);
  return modelFiles(json, specs, Buffer.concat(weights.map(({ bytes }) => bytes)));
}

interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** A weight as tfjs-core's io_utils.ts encodes it; what was quantized is so no more. */
function readWeight({ weights }: GraphModelLike, { name, shape, dtype }: WeightSpec) {
  const spec: WeightSpec = { name, shape, dtype };
  const values = weights[name]?.[0]?.dataSync() ?? [];
  if (dtype === "float32") return { spec, bytes: bytesOf(Float32Array.from(values)) };
  if (dtype === "int32") return { spec, bytes: bytesOf(Int32Array.from(values)) };
  if (dtype !== "string") return { spec, bytes: Uint8Array.from(values) };
  return { spec, bytes: Buffer.concat(Array.from<unknown>(values).flatMap(encodeText)) };
}

const bytesOf = ({ buffer }: Float32Array | Int32Array): Uint8Array => new Uint8Array(buffer);

/** Its length in bytes, in 32 bits, and its bytes. */
function encodeText(text: unknown): readonly Uint8Array[] {
  const bytes = Buffer.from(String(text));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return [length, bytes];
}

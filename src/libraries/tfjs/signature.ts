import { ModelSignature, type TensorSpec, type TensorType } from "../../models";
import type { LayersModelLike, SymbolicTensorLike } from "./layers-model";

/** The signature that a model's own inputs and outputs declare: named when there are several; −1 where any length will do. */
export function signatureOf({ inputs, inputNames, outputs, outputNames }: LayersModelLike): ModelSignature {
  return new ModelSignature({
    inputs: { kind: "tensors", tensors: tensorSpecs(inputs, inputNames) },
    outputs: { kind: "tensors", tensors: tensorSpecs(outputs, outputNames) },
  });
}

const tensorSpecs = (tensors: readonly SymbolicTensorLike[], names: readonly string[]): readonly TensorSpec[] =>
  tensors.map(({ shape, dtype }, index) => ({
    ...(tensors.length > 1 && { name: names[index] }),
    dtype: (dtype === "string" ? "str" : dtype) as TensorType,
    shape: shape.map((length) => length ?? -1),
  }));

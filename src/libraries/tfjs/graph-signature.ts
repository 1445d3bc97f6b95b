import { ModelSignature, type Schema, type TensorSpec, type TensorType } from "../../models";
import type { GraphModelLike, GraphNodeLike, TensorInfoLike } from "./graph-model";

/** TensorFlow's types, by name and number, as TensorFlow.js computes with them. */
const TYPES: Readonly<Record<string, TensorType | undefined>> = {
  ...{ DT_FLOAT: "float32", DT_DOUBLE: "float32", DT_HALF: "float32", DT_INT32: "int32", DT_INT64: "int32" },
  ...{ DT_INT16: "int32", DT_INT8: "int32", DT_UINT8: "int32", DT_BOOL: "bool", DT_STRING: "str" },
  ...{ 1: "float32", 2: "float32", 3: "int32", 4: "int32", 5: "int32", 6: "int32", 7: "str", 9: "int32", 10: "bool" },
  ...{ float32: "float32", int32: "int32", bool: "bool", string: "str" },
};

/** The signature that a graph declares by its nodes and by TensorFlow's own signature; `undefined` for a graph that says too little. */
export function graphSignature(model: GraphModelLike): ModelSignature | undefined {
  const { modelSignature, modelStructuredOutputKeys: keys } = model;
  const inputs = schemaOf(model.inputs, model.inputNodes, modelSignature?.inputs);
  const outputs = schemaOf(model.outputs, model.outputNodes, modelSignature?.outputs, keys);
  return inputs || outputs ? new ModelSignature({ inputs, outputs }) : undefined;
}

function schemaOf(
  nodes: readonly GraphNodeLike[],
  nodeNames: readonly string[],
  infos: Readonly<Record<string, TensorInfoLike>> = {},
  names: readonly string[] = nodeNames,
): Schema | undefined {
  const tensors: TensorSpec[] = [];
  const given = nodes.map((node, index) => ({ node, info: infos[nodeNames[index] ?? ""], name: names[index] }));
  const open = given.filter(({ info }) => info?.resourceId === undefined || info.resourceId === null);
  for (const { node, info, name } of open) {
    const dtype = TYPES[String(info?.dtype ?? node.dtype)];
    const shape = shapeOf(info) ?? node.shape;
    if (!dtype || !shape) return undefined;
    tensors.push({ ...(open.length > 1 && { name }), dtype, shape: [...shape] });
  }
  return tensors.length > 0 ? { kind: "tensors", tensors } : undefined;
}

function shapeOf(info: TensorInfoLike | undefined): readonly number[] | undefined {
  const { dim, unknownRank } = info?.tensorShape ?? {};
  return unknownRank || !dim ? undefined : dim.map(({ size }) => Number(size ?? -1));
}

import type * as TensorFlow from "@tensorflow/tfjs";

type Tf = Pick<typeof TensorFlow, "loadGraphModel">;

/** What a graph for tests is made of; TensorFlow's converter writes the same. */
interface GraphParts {
  readonly nodes: readonly object[];
  readonly weights: Readonly<Record<string, { readonly shape: number[]; readonly values: Float32Array | Int32Array }>>;
  readonly signature?: object;
  readonly userDefinedMetadata?: Record<string, string>;
}

const type = (name: string) => ({ type: `DT_${name}` });
const size = (...sizes: number[]) => ({ dim: sizes.map((one) => ({ size: String(one) })) });
const placeholder = (name: string, dtype: string, ...sizes: number[]) => ({
  name,
  op: "Placeholder",
  attr: { dtype: type(dtype), shape: { shape: size(...sizes) } },
});
const weight = (name: string, dtype: string) => ({ name, op: "Const", attr: { dtype: type(dtype) } });
const node = (name: string, op: string, input: string[], attr: object = {}) => ({
  name,
  op,
  input,
  attr: { T: type("FLOAT"), ...attr },
});

/** The artifacts that a handler hands to `tf.loadGraphModel`. */
export function graphArtifacts({
  nodes,
  weights,
  signature,
  userDefinedMetadata,
}: GraphParts): TensorFlow.io.ModelArtifacts {
  const entries = Object.entries(weights);
  const bytes = Buffer.concat(entries.map(([, { values }]) => new Uint8Array(values.buffer)));
  return {
    format: "graph-model",
    generatedBy: "2.15.0",
    convertedBy: "TensorFlow.js Converter v4.22.0",
    modelTopology: { node: nodes, versions: { producer: 1, minConsumer: 1 } },
    weightSpecs: entries.map(([name, { shape, values }]) => ({
      name,
      shape,
      dtype: values instanceof Int32Array ? "int32" : "float32",
    })),
    weightData: new Uint8Array(bytes).buffer,
    ...(signature !== undefined && { signature }),
    ...(userDefinedMetadata && { userDefinedMetadata }),
  };
}

const DENSE = {
  W: { shape: [3, 2], values: Float32Array.of(0.1, -0.2, 0.3, 1 / 3, -0.5, 0.7) },
  b: { shape: [2], values: Float32Array.of(0.05, -0.01) },
};
const dense = (input: string) => [
  node("product", "MatMul", [input, "W"], { transpose_a: { b: false }, transpose_b: { b: false } }),
  node("shifted", "BiasAdd", ["product", "b"]),
];
const info = (name: string, dtype: string, ...sizes: number[]) => ({
  name: `${name}:0`,
  dtype: `DT_${dtype}`,
  tensorShape: size(...sizes),
});

/** Graphs by what is special about them. */
export const graphs = {
  /** relu(x · W + b), without a signature. */
  plain: graphArtifacts({
    nodes: [
      placeholder("x", "FLOAT", -1, 3),
      weight("W", "FLOAT"),
      weight("b", "FLOAT"),
      ...dense("x"),
      node("y", "Relu", ["shifted"]),
    ],
    weights: DENSE,
  }),
  /** Two inputs and two outputs, under the names of a signature. */
  signed: graphArtifacts({
    nodes: [
      placeholder("serving_x", "FLOAT", -1, 3),
      placeholder("serving_gain", "FLOAT", -1, 1),
      ...[weight("W", "FLOAT"), weight("b", "FLOAT"), weight("axis", "INT32")],
      ...dense("serving_x"),
      node("scaled", "Mul", ["shifted", "serving_gain"]),
      node("probabilities", "Softmax", ["scaled"]),
      node("best", "ArgMax", ["scaled", "axis"], { Tidx: type("INT32"), output_type: type("INT64") }),
    ],
    weights: { ...DENSE, axis: { shape: [], values: Int32Array.of(1) } },
    signature: {
      inputs: { features: info("serving_x", "FLOAT", -1, 3), gain: info("serving_gain", "FLOAT", -1, 1) },
      outputs: { scores: info("probabilities", "FLOAT", -1, 2), label: info("best", "INT64", -1) },
    },
  }),
  /** What its result's shape is, only its input says: it runs by `executeAsync` alone. */
  dynamic: graphArtifacts({
    nodes: [
      placeholder("x", "FLOAT", -1),
      weight("zero", "FLOAT"),
      node("positive", "Greater", ["x", "zero"]),
      node("where", "Where", ["positive"]),
    ],
    weights: { zero: { shape: [], values: Float32Array.of(0) } },
  }),
} as const;

/** A graph as a program has it that has loaded one. */
export const loadGraph = (tf: Tf, artifacts: TensorFlow.io.ModelArtifacts): Promise<TensorFlow.GraphModel> =>
  tf.loadGraphModel({ load: async () => artifacts });

import type { ModelArtifacts, TensorLike } from "./layers-model";

/** An input or output of a graph: what it does not say of itself is `undefined`. */
export interface GraphNodeLike {
  readonly shape?: readonly number[];
  readonly dtype?: string;
}

/** What TensorFlow's own signature says of an input or output, in the JSON form of its protocol buffers. */
export interface TensorInfoLike {
  readonly dtype?: string | number;
  readonly tensorShape?: {
    readonly dim?: readonly { readonly size?: string | number }[];
    readonly unknownRank?: boolean;
  };
  /** Of a table or variable that the graph has captured: nothing that a caller gives. */
  readonly resourceId?: unknown;
}

/** What `model.save` of a graph hands to its handler: what it was loaded from. */
export interface GraphArtifacts extends ModelArtifacts {
  readonly signature?: unknown;
  readonly modelInitializer?: unknown;
  readonly initializerSignature?: unknown;
}

/** What is looked at of a `tf.GraphModel`, of any copy of the library. */
export interface GraphModelLike {
  readonly inputs: readonly GraphNodeLike[];
  readonly outputs: readonly GraphNodeLike[];
  /** Names, by the signature where there is one. */
  readonly inputNodes: readonly string[];
  readonly outputNodes: readonly string[];
  readonly modelSignature?: {
    readonly inputs?: Readonly<Record<string, TensorInfoLike>>;
    readonly outputs?: Readonly<Record<string, TensorInfoLike>>;
  };
  /** Names of a structured output, in the order of `outputNodes`. */
  readonly modelStructuredOutputKeys?: readonly string[];
  readonly weights: Readonly<Record<string, readonly TensorLike[]>>;
  executeAsync(inputs: unknown): Promise<unknown>;
  save(handler: { save(artifacts: GraphArtifacts): Promise<unknown> }): Promise<unknown>;
}

/** True for a graph model of any copy of TensorFlow.js. Never throws. */
export function isGraphModel(value: unknown): value is GraphModelLike {
  if (value === null || typeof value !== "object") return false;
  try {
    const { executeAsync, save, inputNodes, outputNodes } = value as Partial<GraphModelLike>;
    return Array.isArray(inputNodes) && Array.isArray(outputNodes) && [executeAsync, save].every(isFunction);
  } catch {
    // A graph that was not loaded yet has no nodes.
    return false;
  }
}

const isFunction = (value: unknown): boolean => typeof value === "function";

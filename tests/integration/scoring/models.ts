import type { ServedInput, ServedModel } from "../../../src/server/scoring";
import { type ColumnType, ModelSignature, type ParamSpec, type Schema, type TensorType } from "../../../src/models";

/** How a model predicts; scoring_peer.py has the same in Python. */
type Kind = "told" | "toldCells" | "toldFree" | "linear" | "raises" | "notNumbers";

/** A model that both servers serve: its signature in MLflow's JSON. */
export interface PeerModel {
  readonly kind: Kind;
  readonly signature?: { readonly inputs: readonly object[]; readonly params?: readonly object[] };
}

const column = (type: string, name?: string, required = true) => ({
  type,
  ...(name === undefined ? {} : { name }),
  required,
});

const tensor = (dtype: TensorType, shape: readonly number[], name?: string) => ({
  ...(name === undefined ? {} : { name }),
  type: "tensor",
  "tensor-spec": { dtype, shape },
});

const param = (name: string, type: string, value: unknown) => ({
  name,
  default: value,
  shape: Array.isArray(value) ? [-1] : null,
  type,
});

const TYPES = ["boolean", "integer", "long", "float", "double", "string", "binary", "datetime"];

/** Models by the path that they are served below. */
export const MODELS: Readonly<Record<string, PeerModel>> = {
  linear: { kind: "linear", signature: { inputs: [column("double", "a"), column("double", "b")] } },
  types: { kind: "told", signature: { inputs: TYPES.map((type) => column(type, type, false)) } },
  tensor: { kind: "told", signature: { inputs: [tensor("float32", [-1, 2])] } },
  ints: { kind: "told", signature: { inputs: [tensor("int32", [-1, 2])] } },
  cube: { kind: "told", signature: { inputs: [tensor("float64", [-1, 2, 2])] } },
  tensors: { kind: "told", signature: { inputs: [tensor("float32", [-1, 2], "a"), tensor("int64", [-1], "b")] } },
  unnamed: { kind: "toldCells", signature: { inputs: [column("double"), column("string")] } },
  one: { kind: "told", signature: { inputs: [column("double", "x")] } },
  onlystring: { kind: "toldCells", signature: { inputs: [column("string")] } },
  free: { kind: "toldFree" },
  params: {
    kind: "told",
    signature: {
      inputs: [column("double", "x")],
      params: [
        param("temperature", "double", 0.5),
        param("count", "long", 3),
        param("flag", "boolean", false),
        param("word", "string", "a"),
        param("stops", "string", ["."]),
      ],
    },
  },
  nested: {
    kind: "told",
    signature: {
      inputs: [
        { type: "array", items: { type: "double" }, name: "vector", required: true },
        {
          type: "object",
          properties: { k: { type: "string", required: true }, n: { type: "long", required: false } },
          name: "object",
          required: false,
        },
        column("any", "any", false),
      ],
    },
  },
  raises: { kind: "raises" },
  notNumbers: { kind: "notNumbers" },
};

/** The model of that description, in this process. */
export function servedModel(name: string, { kind, signature }: PeerModel): ServedModel {
  return {
    card: { name },
    signature:
      signature &&
      new ModelSignature({
        inputs: schemaOf(signature.inputs),
        params: signature.params?.map((spec) => specOf(spec as ParamJson)),
      }),
    predict: PREDICTIONS[kind],
  };
}

type InputJson = {
  name?: string;
  required: boolean;
  "tensor-spec"?: { dtype: TensorType; shape: number[] };
} & ColumnType;
type ParamJson = { name: string; default: unknown; shape: readonly [-1] | null; type: "double" };

function schemaOf(inputs: readonly object[]): Schema {
  const specs = inputs as readonly InputJson[];
  if (specs[0]?.["tensor-spec"])
    return {
      kind: "tensors",
      tensors: specs.map(({ name, "tensor-spec": spec }) => ({
        name,
        ...(spec as { dtype: TensorType; shape: number[] }),
      })),
    };
  return { kind: "columns", columns: specs.map(({ name, required, ...type }) => ({ name, required, type })) };
}

const specOf = ({ name, default: value, shape, type }: ParamJson): ParamSpec => ({
  name,
  default: value,
  shape,
  type: { type },
});

const PREDICTIONS: Readonly<Record<Kind, ServedModel["predict"]>> = {
  told: (input, params) => ({ data: toldInput(input), params: told(params) }),
  toldCells: (input, params) => ({ data: toldCells(input), params: told(params) }),
  toldFree: (input, params) => ({ data: toldInput(input), params: told(params) }),
  linear: (input) => {
    if (input.kind !== "columns") throw new TypeError("no columns");
    const [a, b] = input.columns.map(({ values }) => values as ArrayLike<number>) as [
      ArrayLike<number>,
      ArrayLike<number>,
    ];
    return Array.from({ length: input.rows }, (_, row) => 2 * (a[row] as number) + 3 * (b[row] as number) + 1);
  },
  raises: () => {
    throw new TypeError("the model cannot");
  },
  notNumbers: () => [Number.NaN, 1.5, null],
};

function toldInput(input: ServedInput): unknown {
  if (input.kind === "free") return toldFree(input.value);
  if (input.kind === "columns") {
    const rowOf = (row: number) =>
      Object.fromEntries(input.columns.map(({ name, values }, index) => [name ?? String(index), told(values[row])]));
    return { rows: Array.from({ length: input.rows }, (_, row) => rowOf(row)) };
  }
  const parts = input.tensors.map(
    ({ name, shape, values }) => [name, { shape, values: nest(Array.from(values), shape) }] as const,
  );
  return parts[0]?.[0] === undefined ? parts[0]?.[1] : Object.fromEntries(parts);
}

function toldCells(input: ServedInput): unknown {
  if (input.kind !== "columns") throw new TypeError("no columns");
  const { columns, rows } = input;
  return { rows: Array.from({ length: rows }, (_, row) => columns.map(({ values }) => told(values[row]))) };
}

/** What has no signature says nothing of its type: a table is told as rows, lists with their shape. */
function toldFree(value: unknown): unknown {
  if (isListOfValues(value)) return { shape: shapeOf(value), values: told(value) };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return told(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      Array.isArray(item) && name !== "messages" ? toldFree(item) : told(item),
    ]),
  );
}

const isListOfValues = (value: unknown): value is unknown[] =>
  Array.isArray(value) && !(typeof value[0] === "object" && value[0] !== null && !Array.isArray(value[0]));

const shapeOf = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : []);

function nest(values: readonly unknown[], shape: readonly number[]): unknown {
  let level: unknown[] = values.map(told);
  for (const length of shape.slice(1).reverse())
    level = Array.from({ length: level.length / length }, (_, row) => level.slice(row * length, (row + 1) * length));
  return level;
}

function told(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(told);
  if (Buffer.isBuffer(value)) return `bytes:${value.toString("hex")}`;
  if (value instanceof Date) return `time:${value.toISOString().replace("Z", "")}`;
  if (typeof value === "number" && !Number.isFinite(value))
    return Number.isNaN(value) ? null : value > 0 ? "inf" : "-inf";
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, told(item)]));
  return value ?? null;
}

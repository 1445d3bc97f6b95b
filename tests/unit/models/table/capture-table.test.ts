import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { TrackbookError } from "../../../../src/core";
import {
  captureDataset,
  captureTable,
  dataset,
  inferSignature,
  schemaOf,
  type TableSample,
  type TensorSample,
} from "../../../../src/models";
import { samples } from "../../../support/samples";

const tensor = (table: TableSample) => {
  if (table.kind !== "tensors" || table.tensors.length !== 1) throw new Error(`no single tensor: ${table.kind}`);
  const { dtype, shape, values } = table.tensors[0] as TensorSample;
  return { dtype, shape, values: Array.from(values) };
};
const columns = (table: TableSample) => {
  if (table.kind !== "columns") throw new Error(`no columns: ${table.kind}`);
  return table.columns.map(({ name, values }) => [name, Array.from(values)]);
};

describe("what programs train with, in one form", () => {
  it("takes numbers, booleans and bigints in blocks as tensors", () => {
    expect(tensor(captureTable([1, 2.5]))).toEqual({ dtype: "float64", shape: [2], values: [1, 2.5] });
    expect(
      tensor(
        captureTable([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
      ),
    ).toEqual({ dtype: "float64", shape: [3, 2], values: [1, 2, 3, 4, 5, 6] });
    expect(tensor(captureTable([[[1], [2]]]))).toEqual({ dtype: "float64", shape: [1, 2, 1], values: [1, 2] });
    expect(tensor(captureTable([true, false])).dtype).toBe("bool");
    expect(tensor(captureTable([1n, 2n]))).toEqual({ dtype: "int64", shape: [2], values: [1n, 2n] });
  });

  it("takes typed arrays with their own type", () => {
    expect(tensor(captureTable(Float32Array.of(1, 2)))).toEqual({ dtype: "float32", shape: [2], values: [1, 2] });
    expect(tensor(captureTable([Int32Array.of(1, 2), Int32Array.of(3, 4)]))).toEqual({
      dtype: "int32",
      shape: [2, 2],
      values: [1, 2, 3, 4],
    });
    expect(tensor(captureTable(BigInt64Array.of(7n))).dtype).toBe("int64");
    expect(tensor(captureTable(new Uint8ClampedArray(2))).dtype).toBe("uint8");
  });

  it("takes an ml-matrix Matrix and the array it came from as the same", () => {
    const rows = [
      [1, 2],
      [3, 4],
    ];
    expect(captureTable(new Matrix(rows))).toEqual(captureTable(rows));
  });

  it("takes tensors of TensorFlow.js, making and leaking none", () => {
    const tensors = [
      tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
      tf.tensor1d([1, 0, 1], "int32"),
      tf.tensor(["a", "b"]),
      tf.tensor1d([1, 0], "bool"),
    ];
    const before = tf.memory().numTensors;
    expect(tensors.map((one) => tensor(captureTable(one)))).toEqual([
      { dtype: "float32", shape: [2, 2], values: [1, 2, 3, 4] },
      { dtype: "int32", shape: [3], values: [1, 0, 1] },
      { dtype: "str", shape: [2], values: ["a", "b"] },
      { dtype: "bool", shape: [2], values: [true, false] },
    ]);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(tensors);
  });

  it("knows the type and shape of a tensor that is disposed", () => {
    const disposed = tf.tensor2d([[1, 2]]);
    disposed.dispose();
    expect(tensor(captureTable(disposed))).toEqual({ dtype: "float32", shape: [1, 2], values: [] });
    expect(String(inferSignature(disposed))).toBe("(float32[-1, 2])");
  });

  it("keeps the values of a tensor that is disposed afterwards", () => {
    const values = tf.tensor1d([1, 2, 3]);
    const taken = captureTable(values);
    values.dispose();
    expect(tensor(taken).values).toEqual([1, 2, 3]);
  });

  it("names the tensors of a model with several inputs", () => {
    const [a, b] = [tf.zeros([4, 2]), tf.zeros([4, 3])];
    expect(schemaOf(captureTable({ left: a, right: b }))).toMatchObject({
      tensors: [{ name: "left" }, { name: "right" }],
    });
    expect(schemaOf(captureTable([a, b]))).toMatchObject({
      tensors: [
        { name: "0", shape: [-1, 2] },
        { name: "1", shape: [-1, 3] },
      ],
    });
    tf.dispose([a, b]);
  });

  it("takes rows, columns and a single row as the same columns", () => {
    const rows = [
      { a: 1, b: "x" },
      { a: 2, b: "y" },
    ];
    expect(columns(captureTable(rows))).toEqual([
      ["a", [1, 2]],
      ["b", ["x", "y"]],
    ]);
    expect(captureTable({ a: [1, 2], b: ["x", "y"] })).toEqual(captureTable(rows));
    expect(captureTable({ a: 1, b: "x" })).toEqual(captureTable([{ a: 1, b: "x" }]));
  });

  it("takes rows of unlike cells as columns by position, text and ragged rows as one column", () => {
    expect(
      columns(
        captureTable([
          ["x", 1],
          ["y", 2],
        ]),
      ),
    ).toEqual([
      [undefined, ["x", "y"]],
      [undefined, [1, 2]],
    ]);
    expect(columns(captureTable(["a", "b"]))).toEqual([[undefined, ["a", "b"]]]);
    expect(columns(captureTable([[1], [1, 2]]))).toEqual([[undefined, [[1], [1, 2]]]]);
  });

  it("reads a missing number as NaN and leaves other gaps visible", () => {
    expect(tensor(captureTable([1, null, 3])).values).toEqual([1, Number.NaN, 3]);
    expect(columns(captureTable([{ a: 1 }, null, { b: 2 }]))).toEqual([
      ["a", [1, undefined, undefined]],
      ["b", [undefined, undefined, 2]],
    ]);
  });

  it("is not reached by what the caller changes afterwards", () => {
    const row = { a: [1, 2], b: new Date(5) };
    const taken = captureTable([row]);
    row.a[0] = 99;
    row.b.setTime(7);
    expect(columns(taken)).toEqual([
      ["a", [[1, 2]]],
      ["b", [new Date(5)]],
    ]);
  });

  it("takes 10,000 rows of a large table, spread evenly, and counts them all", () => {
    const table = captureTable(Array.from({ length: 1_000_000 }, (_, index) => [index, 1]));
    expect(table.rows).toBe(1_000_000);
    const { shape, values } = tensor(table);
    expect(shape).toEqual([1_000_000, 2]);
    expect(values).toHaveLength(20_000);
    expect([values[0], values[2], values[19_998]]).toEqual([0, 100, 999_900]);
  });

  it("looks at every column, however large the cells of one are", () => {
    const large = Array.from({ length: 12_000 }, () => Array.from({ length: 200 }, () => 1));
    const table = captureTable({ large, small: large.map((_, index) => index) });
    expect(columns(table)[1]?.[1]).toHaveLength(10_000);
    expect(String(inferSignature({ large, small: large.map(() => 1) }))).toBe("(large: double[], small: double)");
  });

  it("takes the beginning of rows that are too large", () => {
    const image = new Float32Array(1_200_000);
    expect(tensor(captureTable([image, image])).values).toHaveLength(1_000_000);
    expect(tensor(captureTable([[Array.from(image)]])).shape).toEqual([1, 1, 1_200_000]);
  });

  it.each([
    ["a function", () => 1, "not data"],
    ["null", null, "not data"],
    ["undefined", undefined, "not data"],
    ["a promise", Promise.resolve([1]), "not data"],
    ["a Map", new Map([["a", 1]]), "not data"],
    [
      "an instance of an unknown class",
      new (class Frame {
        $columns = ["a"];
      })(),
      "not data",
    ],
    ["an empty array", [], "empty"],
    ["an empty object", {}, "empty"],
    ["rows that are all missing", [null, undefined], "no values"],
    ["a hole as large as arrays go", new Array(4_294_967_295), "no values"],
    [
      "a getter that throws",
      {
        get a() {
          throw new Error("mine");
        },
      },
      "unreadable",
    ],
    ["a proxy that is revoked", revoked(), "unreadable"],
  ])("says why %s is no table", (_, value, reason) => {
    expect(captureTable(value)).toMatchObject({ kind: "opaque", reason });
  });

  it("comes to an end with cyclic values", () => {
    const list: unknown[] = [];
    list.push(list, list);
    const record: Record<string, unknown> = { a: 1 };
    record.self = record;
    expect(captureTable(list).kind).toBe("columns");
    expect(captureTable([record]).kind).toBe("columns");
    expect(captureTable({ a: [record, record] }).kind).toBe("columns");
    const wide: unknown[] = [];
    for (let index = 0; index < 1000; index++) wide.push(wide);
    expect(captureDataset([{ wide }, { wide }]).describe().digest).toMatch(/^[0-9a-f]{8}$/);
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
  withBoxedValues: true,
  withObjectString: true,
});

describe("whatever the value", () => {
  it("describing never throws and always gives a digest", () => {
    fc.assert(
      fc.property(anything, fc.option(anything, { nil: undefined }), (data, targets) => {
        const described = captureDataset(data, { targets }).describe();
        expect(described.digest).toMatch(/^[0-9a-f]{8}$/);
        if (described.schema !== undefined) JSON.parse(described.schema);
        if (described.profile !== undefined) JSON.parse(described.profile);
      }),
      { numRuns: samples(300) },
    );
  });

  it("the verbs throw nothing but errors with a code", () => {
    const coded = (act: () => unknown) => {
      try {
        act();
      } catch (error) {
        if (!(error instanceof TrackbookError)) throw error;
      }
    };
    fc.assert(
      fc.property(anything, anything, anything, (input, output, params) => {
        coded(() => String(inferSignature(input, output)));
        coded(() => String(inferSignature(input, undefined, params as Record<string, unknown>)));
        coded(() => dataset(input, { targets: output }));
        coded(() => dataset(input, params as object));
      }),
      { numRuns: samples(300) },
    );
  });

  it("the same JSON gives the same description, another number of rows another digest", () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 }), (rows) => {
        const digest = (data: unknown) => captureDataset(data).describe().digest;
        expect(captureDataset(structuredClone(rows)).describe()).toEqual(captureDataset(rows).describe());
        expect(digest([...rows, ...rows])).not.toBe(digest(rows));
      }),
    );
  });
});

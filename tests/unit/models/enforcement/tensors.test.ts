import * as tf from "@tensorflow/tfjs";
import { Matrix } from "ml-matrix";
import { beforeAll, describe, expect, test } from "vitest";
import type { TensorSample } from "../../../../src/models";
import { enforceInput } from "../../../../src/models/enforcement";
import { columns, refusal, taken, tensor, tensors } from "./asked";

beforeAll(() => tf.setBackend("cpu"));

describe("tensors", () => {
  const block = tensors(tensor("float64", [-1, 2]));
  const only = (data: unknown, schema = block) => {
    const { rows, parts } = taken(schema, data);
    const { shape, values, dtype } = parts[0] as TensorSample;
    return { rows, dtype, shape, values: Array.from<unknown>(values) };
  };

  test.each<[string, unknown]>([
    [
      "arrays",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["typed arrays", [Float64Array.of(1, 2), Float64Array.of(3, 4)]],
    [
      "a matrix",
      new Matrix([
        [1, 2],
        [3, 4],
      ]),
    ],
    [
      "rows",
      [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
    ],
    ["columns", { a: [1, 3], b: [2, 4] }],
  ])("are taken from %s", (_, data) => {
    expect(only(data)).toEqual({ rows: 2, dtype: "float64", shape: [2, 2], values: [1, 2, 3, 4] });
  });

  test("of TensorFlow.js", () => {
    expect(only(tf.tensor2d([[1, 2]]))).toMatchObject({ shape: [1, 2], values: [1, 2] });
    const disposed = tf.tensor2d([[1, 2]]);
    disposed.dispose();
    expect(refusal(block, disposed)).toContain("is a tensor that was disposed");
  });

  test("shapes are compared, −1 being any length", () => {
    expect(refusal(block, [[1, 2, 3]])).toBe(
      "The shape of the input is not the model's. Received: [1,3] (Array). Accepted: float64[-1, 2]. Hint: model.signature says what it takes. [INVALID_PARAMETER_VALUE]",
    );
    expect(refusal(block, [1, 2])).toContain("Hint: one row is a list of one: [row].");
    const images = tensors(tensor("float32", [-1, -1, 2, 1]));
    expect(only([[[[1], [2]]], [[[3], [4]]]], images).shape).toEqual([2, 1, 2, 1]);
    expect(
      refusal(images, [
        [
          [
            [1, 2],
            [1, 2],
          ],
        ],
      ]),
    ).toContain("Received: [1,1,2,2] (Array). Accepted: float32[-1, -1, 2, 1]");
    expect(refusal(block, [[1, 2], [3]])).toContain("its lists differ in length or depth");
    expect(only([5, 6], tensors(tensor("float64", [2]))).values).toEqual([5, 6]);
  });

  test("elements keep their value: numbers are rounded to 32 bits, as tf.tensor does, and to nothing else", () => {
    const of = (dtype: string, data: unknown) => only(data, tensors(tensor(dtype, [-1]))).values;
    expect(of("float32", [0.1])).toEqual([Math.fround(0.1)]);
    expect(of("float64", Float32Array.of(0.1))).toEqual([Math.fround(0.1)]);
    expect(of("int32", [1, -2])).toEqual([1, -2]);
    expect(of("float32", Int32Array.of(2 ** 24))).toEqual([2 ** 24]);
    expect(of("int64", [1n, 2])).toEqual([1n, 2]);
    expect(of("bool", [true, false])).toEqual([true, false]);
    expect(of("str", ["x"])).toEqual(["x"]);
    expect(of("object", ["x", 1])).toEqual(["x", 1]);
    expect(of("uint8", Uint8Array.of(255))).toEqual([255]);
    expect(of("int32", tf.tensor1d([1, 2]))).toEqual([1, 2]);
    for (const [dtype, data] of [
      ["float32", Int32Array.of(2 ** 24 + 1)],
      ["int32", [2.5]],
      ["int32", [2 ** 31]],
      ["uint8", [256]],
      ["int8", [-129]],
      ["float64", [1n]],
      ["float64", ["1"]],
      ["bool", [1]],
      ["str", [1]],
      ["int64", [2 ** 60]],
    ] as const)
      expect(refusal(tensors(tensor(dtype, [-1])), data)).toMatch(
        /^Element 0 of the input does not fit\. Received: .+ Accepted: /,
      );
  });

  test("a missing number is NaN, and in whole numbers refused", () => {
    expect(only([[1, null]]).values).toEqual([1, Number.NaN]);
    expect(only([{ a: 1, b: undefined }]).values).toEqual([1, Number.NaN]);
    expect(only([{ a: 1, b: null }], tensors(tensor("float32", [-1, 2]))).values).toEqual([1, Number.NaN]);
    expect(refusal(tensors(tensor("int32", [-1, 2])), [{ a: 1, b: null }])).toContain("Element 1 of the input");
  });

  test("with names are taken by name: from tensors, from columns, and from a list in the signature's order", () => {
    const schema = tensors(tensor("float32", [-1, 1], "left"), tensor("float32", [-1, 2], "right"));
    const expected = [
      ["left", [2, 1], [1, 2]],
      ["right", [2, 2], [1, 2, 3, 4]],
    ];
    const [left, right] = [
      tf.tensor2d([[1], [2]]),
      tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
    ];
    for (const data of [
      { right, left, other: right },
      [left, right],
      {
        right: [
          [1, 2],
          [3, 4],
        ],
        left: [1, 2],
      },
      {
        right: [
          [1, 2],
          [3, 4],
        ],
        left: [[1], [2]],
      },
      [
        { left: [1], right: [1, 2] },
        { left: [2], right: [3, 4] },
      ],
    ])
      expect(
        (taken(schema, data).parts as readonly TensorSample[]).map(({ name, shape, values }) => [
          name,
          shape,
          Array.from(values),
        ]),
      ).toEqual(expected);
    expect(refusal(schema, { left, rigth: right })).toContain(
      'misses its input "right". Received: ["left","rigth"] (Array). Accepted: left: float32[-1, 1], right: float32[-1, 2]. Hint: did you mean "right" by "rigth"?',
    );
    expect(refusal(schema, { left, right: left })).toContain('The shape of the input "right" is not the model\'s');
    expect(refusal(schema, [[1, 2]])).toContain("go by name");
  });

  test("the only one needs no name", () => {
    const schema = tensors(tensor("float64", [-1, 2], "x"));
    expect(taken(schema, [[1, 2]]).parts[0]).toMatchObject({ name: "x", shape: [1, 2] });
  });

  test("a column of single numbers fills dimensions of length 1", () => {
    expect(only({ x: [1, 2] }, tensors(tensor("float64", [-1, 1])))).toMatchObject({ shape: [2, 1], values: [1, 2] });
    expect(only({ x: [1, 2] }, tensors(tensor("float64", [-1])))).toMatchObject({ shape: [2], values: [1, 2] });
  });
});

describe("nothing to predict", () => {
  test("an empty list is no rows, whatever the signature", () => {
    expect(enforceInput(columns({ a: "double" }), [])).toEqual({
      kind: "columns",
      rows: 0,
      columns: [{ name: "a", type: { type: "double" }, values: [] }],
    });
    expect(enforceInput(tensors(tensor("float32", [-1, 2])), [])).toMatchObject({
      rows: 0,
      tensors: [{ shape: [0, 2] }],
    });
    expect(enforceInput(undefined, []).rows).toBe(0);
    expect(enforceInput(columns({ a: "double" }), { a: [] }).rows).toBe(0);
  });

  test.each([undefined, null, () => 1, {}, [undefined], Symbol("x")])("%s is refused", (data) => {
    expect(refusal(columns({ a: "double" }), data)).toMatch(
      /^What the model is asked (is empty|is no data|holds no value)\./,
    );
    expect(refusal(undefined, data)).toMatch(/^What the model is asked/);
  });
});

import * as tf from "@tensorflow/tfjs";
import { Matrix } from "ml-matrix";
import { beforeAll, describe, expect, test } from "vitest";
import { cells, columns, refusal, taken } from "./asked";

beforeAll(() => tf.setBackend("cpu"));

describe("columns", () => {
  const ab = columns({ a: "double", b: "string" });
  const asTable = (data: unknown) => taken(ab, data).parts.map(({ name, values }) => [name, Array.from(values)]);

  test.each<[string, unknown]>([
    [
      "rows",
      [
        { b: "x", a: 1, extra: true },
        { a: 2, b: "y" },
      ],
    ],
    ["columns", { b: ["x", "y"], a: [1, 2], extra: [0, 0] }],
    ["columns of typed arrays", { b: ["x", "y"], a: Float64Array.of(1, 2) }],
  ])("are taken by name from %s, in the signature's order, others left out", (_, data) => {
    expect(asTable(data)).toEqual([
      ["a", [1, 2]],
      ["b", ["x", "y"]],
    ]);
  });

  test("one row may be an object", () => {
    expect(asTable({ b: "x", a: 1 })).toEqual([
      ["a", [1]],
      ["b", ["x"]],
    ]);
  });

  test("that go by position are taken in their order, others left out", () => {
    const schema = columns(["double", "string"]);
    expect(taken(schema, [[1, "x", true]]).parts.map(({ values }) => values)).toEqual([[1], ["x"]]);
    expect(taken(schema, { z: [1], a: ["x"] }).parts.map(({ values }) => values)).toEqual([[1], ["x"]]);
    expect(
      taken(columns(["double", "double"]), [
        [1, 2],
        [3, 4],
      ]).parts.map(({ values }) => values),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(refusal(schema, [[1]])).toContain(
      "takes 2 inputs by position, and 1 came. Received: 1. Accepted: double, string.",
    );
  });

  test("the only one needs no name", () => {
    const schema = columns({ a: "double" });
    for (const data of [[1, 2], [[1], [2]], Float64Array.of(1, 2), new Matrix([[1], [2]]), tf.tensor1d([1, 2])])
      expect(Array.from(taken(schema, data).parts[0]?.values ?? [])).toEqual([1, 2]);
    expect(taken(schema, 5).parts[0]?.values).toEqual([5]);
  });

  test("tensors are columns too: one for each name, lists in their cells when they have more dimensions", () => {
    const schema = columns({ a: "double", b: { type: "array", items: { type: "double" } } });
    const data = {
      b: tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
      a: tf.tensor1d([5, 6]),
    };
    expect(taken(schema, data).parts.map(({ values }) => Array.from(values))).toEqual([
      [5, 6],
      [
        [1, 2],
        [3, 4],
      ],
    ]);
  });

  test("a missing one is named, with what came, what is accepted, and what was perhaps meant", () => {
    expect(refusal(ab, [{ a: 1, B: "x" }])).toBe(
      'The model misses its input "b". Received: ["a","B"] (Array). Accepted: a: double, b: string. Hint: did you mean "b" by "B"? [INVALID_PARAMETER_VALUE]',
    );
    expect(refusal(columns({ alcohol: "double", pH: "double" }), [{ alcohl: 1, ph: 2 }])).toContain(
      'misses its inputs "alcohol", "pH". Received: ["alcohl","ph"] (Array). Accepted: alcohol: double, pH: double. Hint: did you mean "alcohol" by "alcohl"? did you mean "pH" by "ph"?',
    );
  });

  test("arrays are no named columns: nobody knows which is which", () => {
    expect(refusal(ab, [[1, "x"]])).toContain(
      'go by name, and what came has no names. Received: "2 inputs by position". Accepted: a: double, b: string. Hint: give rows [{ name: value',
    );
  });

  test("an optional one that is missing, or lacks a value, is null", () => {
    const schema = columns({ a: "double", b: { type: "string", required: false } });
    expect(taken(schema, [{ a: 1 }, { a: 2 }]).parts[1]?.values).toEqual([null, null]);
    expect(
      taken(schema, [
        { a: 1, b: undefined },
        { a: 2, b: "x" },
      ]).parts[1]?.values,
    ).toEqual([null, "x"]);
    expect(cells({ type: "double", required: false }, [1, null])).toEqual([1, null]);
  });

  test("a number that is missing from a required one is NaN; of other types it is refused", () => {
    expect(cells("double", [1, null])).toEqual([1, Number.NaN]);
    for (const type of ["long", "integer", "boolean", "string", "datetime", "binary"])
      expect(refusal(columns({ a: type }), { a: [null, 1] }), type).toMatch(
        /The column "a", row 0, is missing. Accepted: /,
      );
    expect(refusal(columns({ a: "string", b: "double" }), { a: ["x"], b: [1, 2] })).toContain(
      'The column "a", row 1, is missing',
    );
  });

  test("every row is taken, and large cells whole", () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => ({ a: row }));
    expect(taken(columns({ a: "double" }), rows).parts[0]?.values).toHaveLength(20_000);
    const wide = Object.fromEntries(Array.from({ length: 10_500 }, (_, column) => [`c${column}`, [column]]));
    expect(taken(columns({ c10499: "double" }), wide).parts[0]?.values).toEqual([10_499]);
    const image = Array.from({ length: 5000 }, (_, pixel) => pixel);
    expect(cells({ type: "array", items: { type: "long" } }, [image])).toEqual([image]);
    const deep = JSON.parse(`${"[".repeat(20)}1${"]".repeat(20)}`);
    expect(cells("any", [{ deep }])).toEqual([{ deep }]);
  });

  test("what the model gets is a copy", () => {
    const values = Float64Array.of(1, 2);
    const list = [1, 2];
    const given = taken(columns({ a: "double", b: "any" }), { a: values, b: [list, list] });
    values[0] = 9;
    list[0] = 9;
    expect(given.parts.map((part) => Array.from(part.values))).toEqual([
      [1, 2],
      [
        [1, 2],
        [1, 2],
      ],
    ]);
  });
});

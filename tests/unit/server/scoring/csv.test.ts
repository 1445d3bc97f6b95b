import { describe, expect, test } from "vitest";
import { ModelSignature } from "../../../../src/models";
import { ask, columnModel, freeModel } from "./served";

const csv = { type: "text/csv" };
const cells = async (text: string) =>
  (await ask(freeModel(), text, csv)).body as { predictions: Record<string, unknown[]> };

describe("CSV", () => {
  test.each([
    ["a,b\n1,2\n3,4\n", { a: [1, 3], b: [2, 4] }],
    ["a,b\r\n1,2\r\n", { a: [1], b: [2] }],
    ["a,b\n1,2", { a: [1], b: [2] }],
    ["a,b\n1,\n", { a: [1], b: [null] }],
    ["a,b\n1,", { a: [1], b: [null] }],
    ["a,b\n,2", { a: [null], b: [2] }],
    ["a\n\n1\n\n", { a: [1] }],
    ['a,b\n"1,5","say ""x"""\n', { a: ["1,5"], b: ['say "x"'] }],
    ['a\n"two\nlines"\n', { a: ["two\nlines"] }],
    ['a\n""\n', { a: [null] }],
    ['a\n"1"2\n', { a: [12] }],
    ["a,a,\n1,2,3\n", { a: [1], "a.1": [2], "Unnamed: 2": [3] }],
    ["a\nTrue\nfalse\n", { a: [true, false] }],
    ["a\nNA\nx\n", { a: [null, "x"] }],
    ["a\n1\nx\n", { a: ["1", "x"] }],
    ["__proto__\n1\n", JSON.parse('{"__proto__":[1]}')],
  ])("%j", async (text, expected) => {
    expect((await cells(text)).predictions).toEqual(expected);
  });

  test.each([
    ["", "no line of column names"],
    ["\n\n", "no line of column names"],
    ['a\n"open\n', "a quote is not closed"],
    ["a,b\n1,2\n1,2,3\n", "row 1 has 3 cells for 2 names"],
  ])("%j is refused", async (text, said) => {
    expect(await ask(freeModel(), text, csv)).toMatchObject({
      status: 400,
      body: { error_code: "BAD_REQUEST", message: expect.stringContaining(said), stack_trace: expect.any(String) },
    });
  });

  test.each([
    ["boolean", "True", true],
    ["boolean", "0", false],
    ["integer", "5.0", 5],
    ["long", "9007199254740991", 9007199254740991],
    ["double", " 1e3 ", 1000],
    ["string", "5", "5"],
    ["datetime", "2024-01-02", "2024-01-02T00:00:00.000"],
    ["binary", "aGVsbG8=", "aGVsbG8="],
  ] as const)("a cell of %s: %j", async (type, text, expected) => {
    expect(await ask(columnModel(type), `x\n${text}\n`, csv)).toEqual({
      status: 200,
      body: { predictions: [expected] },
    });
  });

  test.each([
    ["boolean", "yes"],
    ["integer", "5.5"],
    ["integer", "99999999999"],
    ["double", "1_0"],
    ["datetime", "soon"],
  ] as const)("%s refuses %j", async (type, text) => {
    expect(await ask(columnModel(type), `x\n${text}\n`, csv)).toMatchObject({ status: 400 });
  });

  test("is a table for a model of tensors as well", async () => {
    const tensor = { dtype: "float32", shape: [-1, 2] } as const;
    const model = {
      ...freeModel(),
      signature: new ModelSignature({ inputs: { kind: "tensors", tensors: [tensor] } }),
      predict: (input: unknown) => input,
    };
    expect(await ask(model, "p,q\n1,2\n3,4\n", csv)).toMatchObject({
      body: { predictions: { rows: 2, tensors: [{ shape: [2, 2], values: [1, 2, 3, 4] }] } },
    });
  });
});

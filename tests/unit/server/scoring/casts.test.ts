import { describe, expect, test } from "vitest";
import { createScoringApp } from "../../../../src/server/scoring";
import { ask, columnModel } from "./served";

const inTable = (value: unknown) => ({ dataframe_split: { columns: ["x"], data: [[value]] } });
const inList = (value: unknown) => ({ inputs: { x: [value] } });

describe("a cell of a table becomes what its column holds", () => {
  test.each([
    ["double", 1, 1],
    ["double", "1.5", 1.5],
    ["double", " -2e3 ", -2000],
    ["double", "1_000", 1000],
    ["double", true, 1],
    ["double", null, null],
    ["float", 0.1, Math.fround(0.1)],
    ["long", 2.5, 2],
    ["long", -2.5, -2],
    ["long", -0.5, 0],
    ["long", "7", 7],
    ["integer", 2 ** 40, 0],
    ["integer", 2 ** 31, -(2 ** 31)],
    ["boolean", 1, true],
    ["boolean", 0, false],
    ["boolean", "false", true],
    ["boolean", "", false],
    ["string", 5, 5],
    ["string", null, null],
    ["datetime", "2024-01-02", "2024-01-02T00:00:00.000"],
    ["datetime", "2024-01-02 03:04:05.6", "2024-01-02T03:04:05.600"],
    ["datetime", "2024-01-02T03:04+02:00", "2024-01-02T01:04:00.000"],
    ["datetime", "01/31/2024", "2024-01-31T00:00:00.000"],
    ["datetime", "2 Jan 2024", "2024-01-02T00:00:00.000"],
    ["datetime", 1704164645000000000, "2024-01-02T03:04:05.000"],
    ["datetime", "", null],
    ["binary", "aGVs bG8=", "aGVsbG8="],
    ["any", { deep: [1] }, { deep: [1] }],
  ] as const)("%s ← %j", async (type, given, expected) => {
    expect(await ask(columnModel(type), inTable(given))).toEqual({ status: 200, body: { predictions: [expected] } });
  });

  test.each([
    ["double", "z"],
    ["double", ""],
    ["double", [1]],
    ["double", "0x10"],
    ["long", null],
    ["long", "2.5"],
    ["long", 1e30],
    ["integer", "99999999999"],
    ["datetime", "bad"],
    ["datetime", "2024-02-30"],
    ["datetime", "bad 2"],
    ["datetime", true],
    ["binary", 5],
    ["binary", "aGVsbG8"],
  ] as const)("%s refuses %j", async (type, given) => {
    expect(await ask(columnModel(type), inTable(given))).toMatchObject({
      status: 400,
      body: { error_code: "BAD_REQUEST", message: expect.stringMatching(/^Invalid input\. Column "x", row 0, cannot/) },
    });
  });
});

describe("a value of a list is cast as NumPy casts it", () => {
  test("beyond the range it is refused, and not wrapped", async () => {
    expect(await ask(columnModel("integer"), inList(2 ** 31))).toMatchObject({ status: 400 });
    expect(await ask(columnModel("integer"), inList(2 ** 31 - 1))).toMatchObject({ status: 200 });
  });

  test("single values become texts, lists do not", async () => {
    expect(await ask(columnModel("string"), inList(5))).toMatchObject({ body: { predictions: ["5"] } });
    expect(await ask(columnModel("string"), { inputs: { x: ["a", [5]] } })).toMatchObject({ status: 400 });
  });
});

describe("integers of 64 bits", () => {
  const body = (digits: string) => `{"dataframe_split":{"columns":["x"],"data":[[${digits}]]}}`;

  test.each(["9007199254740993", "9223372036854775807", "-9223372036854775808"])(
    "%s arrives exactly",
    async (digits) => {
      const model = { ...columnModel("long"), predict: (input: never) => exactText(input) };
      expect(await ask(model, body(digits))).toEqual({ status: 200, body: { predictions: [digits] } });
    },
  );

  test("one more is refused", async () => {
    expect(await ask(columnModel("long"), body("9223372036854775808"))).toMatchObject({ status: 400 });
  });

  test("and is answered exactly", async () => {
    const model = columnModel("long");
    const response = await createScoringApp(model, { version: "0" }).request("/invocations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: body("9007199254740993"),
    });
    expect(await response.text()).toBe('{"predictions":[9007199254740993]}');
  });
});

const exactText = (input: { columns: readonly { values: ArrayLike<unknown> }[] }) =>
  Array.from(input.columns[0]?.values ?? [], String);

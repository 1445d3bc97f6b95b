import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { declareSignature, type ModelSignature, type SchemaDeclaration } from "../../../src/models";
import { describeWithParts } from "../../support/parts";
import { asTold, Loader, type PythonAnswer } from "./loader";

/** For `predict`: what came, in words, as one text. */
const SEEN = `
  const word = (value) => {
    if (Object.is(value, -0)) return "-0";
    if (typeof value === "bigint") return value + "n";
    if (value instanceof Date) return value.toISOString();
    if (value instanceof Uint8Array) return "bytes " + Buffer.from(value).toString("hex");
    if (Array.isArray(value)) return "[" + value.map(word).join(" ") + "]";
    if (value && typeof value === "object") return JSON.stringify(value);
    return typeof value === "string" ? JSON.stringify(value) : String(value);
  };
  const parts = input.columns ?? input.tensors;
  return [[input.rows, ...parts.map(({ name = "", dtype = "", shape, values }) =>
    [name, dtype, shape ? JSON.stringify(shape) : "", Array.from(values, word).join(" ")].filter((text) => text !== "").join(" ")),
    ...Object.entries(params).map(([name, value]) => name + "=" + word(value))].join(" | ")];`;

/** For `predict`: what came, as it was. */
const BACK = `return Object.fromEntries(input.columns.map(({ name, values }) => [name, Array.from(values)]));`;

describeWithParts(["python"], "data from Python", ({ python }) => {
  let loader: Loader;
  beforeAll(() => {
    loader = new Loader(python.python);
  });
  afterAll(() => loader.close());

  const loaded = (predict: string, signature?: ModelSignature) => loader.loaded({ predict, signature });
  /** What the model sees of what a Python expression makes. */
  async function seen(name: string, expression: string): Promise<string> {
    const { values } = await loader.peer.ask<PythonAnswer>("frames", name, expression);
    return (values as readonly string[])[0] as string;
  }

  test("in every form that Python has, without a signature", async () => {
    const name = await loaded(SEEN);
    const cases: Readonly<Record<string, string>> = {
      "pd.DataFrame({'a': [1.5, -0.0, np.nan, np.inf, -np.inf], 'b': [1, 2, 3, 4, 5]})":
        "5 | a 1.5 -0 NaN Infinity -Infinity | b 1 2 3 4 5",
      "pd.DataFrame({'a': [1], 2: [True]})": "1 | a 1 | 2 true",
      "pd.DataFrame([[1.5, 'x'], [2.5, None]])": '2 | 1.5 2.5 | "x" null',
      "pd.DataFrame({'a': [2**53 - 1, -2**53 + 1]})": "2 | a 9007199254740991 -9007199254740991",
      "pd.DataFrame({'a': [2**53 + 1, 1]})": "2 | a 9007199254740993n 1n",
      "pd.DataFrame({'a': np.array([2**64 - 1], dtype='uint64'), 'b': np.array([7], dtype='int8')})":
        "1 | a 18446744073709551615n | b 7",
      "pd.DataFrame({'a': [1, 2**70, None]}, dtype=object)": "3 | a 1 1180591620717411303424n null",
      "pd.DataFrame({'a': [1, 2.5, None]}, dtype=object)": "3 | a 1 2.5 NaN",
      "pd.DataFrame({'a': pd.array([1, None], dtype='Int64'), 'b': pd.array([True, None], dtype='boolean')})":
        "2 | a 1 NaN | b true null",
      "pd.DataFrame({'a': pd.array([1, 2], dtype='Int32'), 'b': pd.Categorical(['x', None])})":
        '2 | a 1 2 | b "x" null',
      "pd.DataFrame({'a': pd.array(['x', None], dtype='string'), 'b': [b'\\x00\\xff', None]})":
        '2 | a "x" null | b bytes 00ff null',
      "pd.DataFrame({'a': [pd.Timestamp('2026-11-22T04:30:07.028'), pd.NaT]})": "2 | a 2026-11-22T04:30:07.028Z null",
      "pd.DataFrame({'a': pd.to_datetime(['2026-11-22T05:00:00+01:00']), 'b': [pd.Timestamp(0).date()]})":
        "1 | a 2026-11-22T04:00:00.000Z | b 1970-01-01T00:00:00.000Z",
      "pd.DataFrame({'a': [[1, 2.5]], 'b': [{'x': [None, 'y'], '__proto__': 1}], 'c': [np.array([3, 4])]})":
        '1 | a [1 2.5] | b {"x":[null,"y"],"__proto__":1} | c [3 4]',
      "pd.Series([1.5], name='a')": "1 | a 1.5",
      "np.array([[1, 2]], dtype='float32')": "1 | float32 [1,2] 1 2",
      "np.array([[1.1]], dtype='>f8')": "1 | float64 [1,1] 1.1",
      "np.array([1.5], dtype='float16')": "1 | float16 [1] 1.5",
      "np.array([1, 2**60])": "2 | int64 [2] 1n 1152921504606846976n",
      "np.array([[1], [2]])": "2 | int64 [2,1] 1 2",
      "np.asfortranarray(np.arange(6.0).reshape(2, 3))": "2 | float64 [2,3] 0 1 2 3 4 5",
      "np.arange(6.0)[::-2]": "3 | float64 [3] 5 3 1",
      "np.array([True, False])": "2 | bool [2] true false",
      "np.array(['x', 'é'])": '2 | str [2] "x" "é"',
      "np.array([1, None, 'x'], dtype=object)": '3 | 1 null "x"',
      "np.array([(1, 2.5)], dtype=[('a', 'i4'), ('b', 'f8')])": "1 | a 1 | b 2.5",
      "np.zeros((0, 2))": "0 | float64 [0,2]",
      "np.float64(2.5)": "1 | 2.5",
      "{'a': np.ones((2, 1)), 'b': np.zeros(2)}": "2 | a float64 [2,1] 1 1 | b float64 [2] 0 0",
      "{'a': [1, 2], 'b': ['x', None]}": '2 | a 1 2 | b "x" null',
      "{'a': 1, 'b': 'x'}": '1 | a 1 | b "x"',
      "[1, 2.5]": "2 | float64 [2] 1 2.5",
      "[[1, 2], [3, 4]]": "2 | int64 [2,2] 1 2 3 4",
      "[[1, 'x'], [2, 'y']]": '2 | 1 2 | "x" "y"',
      "['x', 'y']": '2 | "x" "y"',
      "[{'a': 1}, {'a': 2, 'b': True}]": "2 | a 1 2 | b null true",
      "[np.ones(2), np.zeros(2)]": "2 | float64 [2,2] 1 1 0 0",
      "[np.ones((2, 1)), np.zeros(2)]": "2 | 0 float64 [2,1] 1 1 | 1 float64 [2] 0 0",
      "'text'": '1 | "text"',
      "7": "1 | 7",
    };
    for (const [expression, expected] of Object.entries(cases))
      expect(await seen(name, expression), expression).toBe(expected);
  });

  test("in the order of the signature: columns that are optional and did not come are empty", async () => {
    const name = await loaded(
      SEEN,
      declareSignature({ inputs: { b: "double", a: "string?", c: "long", d: "double?" } }),
    );
    expect(await seen(name, "pd.DataFrame({'c': [5], 'x': [0], 'b': [1.5]})")).toBe(
      "1 | b 1.5 | a null | c 5 | d null",
    );
    const unnamed = await loaded(SEEN, declareSignature({ inputs: ["double", "string"] }));
    expect(await seen(unnamed, "pd.DataFrame({'p': [1.5], 'q': ['x']})")).toBe('1 | 1.5 | "x"');
  });

  test("with params, the signature's defaults among them", async () => {
    const signature = declareSignature({
      inputs: { a: "double" },
      params: { t: 0.5, stop: ["é"], n: { type: "long", default: 3 } },
    });
    const name = await loaded(SEEN, signature);
    const ask = async (params: object) =>
      (
        (await loader.peer.ask<PythonAnswer>("predict", name, "frame", { a: [1] }, params)).values as readonly string[]
      )[0];
    expect(await ask({})).toBe('1 | a 1 | t=0.5 | stop=["é"] | n=3');
    expect(await ask({ t: 2, stop: ["a", "b"] })).toBe('1 | a 1 | t=2 | stop=["a" "b"] | n=3');
  });

  test("goes and comes back as it was: numbers to the last bit, texts of any character", async () => {
    const name = await loaded(BACK);
    const text = fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.double(), text), { minLength: 1, maxLength: 50 }), async (rows) => {
        const [numbers, texts] = [rows.map(([one]) => one), rows.map(([, one]) => one)];
        const made = `pd.DataFrame({'n': np.array([float(x) for x in ${JSON.stringify(numbers.map(asTold).map(String))}]), 's': pd.Series(${JSON.stringify(texts)}, dtype=object)})`;
        const { outputs } = await loader.peer.ask<PythonAnswer>("frames", name, made);
        expect(outputs?.n).toMatchObject({ kind: "array", dtype: "float64", values: asTold(numbers) });
        expect(outputs?.s).toMatchObject({ kind: "list", values: texts });
      }),
      { numRuns: 40 },
    );
  });

  test("what JavaScript has no counterpart for is refused by name", async () => {
    const name = await loaded(SEEN);
    for (const [expression, said] of Object.entries({
      "pd.DataFrame({'a': [1], 'when': pd.to_timedelta([1], 's')})": "The column 'when' is of dtype timedelta64",
      "pd.DataFrame({'a': [object()]})": "The column 'a' holds a object, for which JavaScript has no counterpart",
      "np.array([1j])": "The input is of dtype complex128",
      "{'a': [1, 2], 'b': [1]}": "The columns are of different lengths: 2, 1.",
      "object()": "This model cannot be asked with a object: it takes a pandas DataFrame",
    }))
      await expect(loader.peer.ask("frames", name, expression), expression).rejects.toThrow(said);
    expect(await seen(name, "[1]")).toBe("1 | int64 [1] 1");
  });

  test("answers are of the types that the signature declares", async () => {
    const answered = async (predict: string, outputs?: SchemaDeclaration) => {
      const signature = outputs === undefined ? undefined : declareSignature({ inputs: "float64[-1]", outputs });
      return loader.peer.ask<PythonAnswer>("frames", await loaded(predict, signature), "np.array([1.0, 2.0])");
    };
    const array = (dtype: string, values: unknown) => expect.objectContaining({ kind: "array", dtype, values });
    expect(await answered("return [1, 2];")).toEqual(array("float64", [1, 2]));
    expect(await answered("return [[1, -0], [NaN, -Infinity]];")).toEqual(
      array("float64", [
        [1, "-0.0"],
        ["nan", "-inf"],
      ]),
    );
    expect(await answered("return Int32Array.of(1, 2);")).toEqual(array("int32", [1, 2]));
    expect(await answered("return [1, 2];", "float32[-1]")).toEqual(array("float32", [1, 2]));
    expect(await answered("return [1, 2];", "int64[-1]")).toEqual(array("int64", [1, 2]));
    expect(await answered("return [true, false];", "bool[-1]")).toEqual(array("bool", [true, false]));
    expect(await answered("return [1, 2];", "long")).toEqual(array("int64", [1, 2]));
    // Nothing is lost to a type that the answer is not of.
    expect(await answered("return [1.5, NaN];", "long")).toEqual(array("float64", [1.5, "nan"]));
    expect(await answered('return ["a", null];', "string")).toEqual(array("object", ["a", null]));
    expect(await answered("return [2n ** 60n, 1];")).toEqual({
      kind: "list",
      values: ["1152921504606846976", 1].map(Number),
    });
    expect(await answered("return { p: [1, 2], q: ['x', null] };")).toMatchObject({
      kind: "dict",
      outputs: { p: array("float64", [1, 2]), q: { kind: "list", values: ["x", null] } },
    });
    const frame = {
      kind: "frame",
      columns: { p: { dtype: "float32", values: [1, 2] }, q: { dtype: "object", values: ["x", null] } },
    };
    expect(await answered("return { p: [1, 2], q: ['x', null] };", { p: "float", q: "string?" })).toEqual(frame);
    expect(await answered("return [{ p: 1, q: 'x' }, { p: 2, q: null }];", { p: "float", q: "string?" })).toEqual(
      frame,
    );
    expect(await answered("return [[1, 'x'], [2, null]];", { p: "float", q: "string?" })).toEqual(frame);
    expect(await answered("return [new Date(0), new Date(1)];", "datetime")).toEqual(
      array("datetime64[ns]", expect.anything()),
    );
    expect(
      await answered("return { p: [[1, 2], [3, 4]], q: ['x', 'y'] };", { p: "double[]", q: "string" }),
    ).toMatchObject({ kind: "frame", columns: { p: { dtype: "object" }, q: { dtype: "object", values: ["x", "y"] } } });
    expect(await answered("return 'one';")).toEqual({ kind: "str", values: "one" });
  });
});

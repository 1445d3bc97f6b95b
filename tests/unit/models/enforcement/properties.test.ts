import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../../../src/core";
import { captureTable, inferSignature, schemaOf, type Schema } from "../../../../src/models";
import { enforceInput, enforceParams } from "../../../../src/models/enforcement";
import { columns, taken, tensors } from "./asked";
import { samples } from "../../../support/samples";

/** Cells of one type. */
const kinds: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  double: fc.double(),
  integer: fc.integer(),
  long: fc.maxSafeInteger(),
  boolean: fc.boolean(),
  string: fc.string(),
  datetime: fc.date({ noInvalidDate: true }),
};

/** A table of named columns, and what each is to be. */
const table = fc
  .uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 })
  .chain((names) =>
    fc.record({
      names: fc.constant(names),
      types: fc.array(fc.constantFrom(...Object.keys(kinds)), { minLength: names.length, maxLength: names.length }),
      rows: fc.integer({ min: 1, max: 4 }),
    }),
  )
  .chain(({ names, types, rows }) => {
    const cellsOf = (type: string) =>
      fc.array(kinds[type] as fc.Arbitrary<unknown>, { minLength: rows, maxLength: rows });
    return fc
      .tuple(...types.map(cellsOf))
      .map((values) => ({ names, types, rows, values: values as readonly (readonly unknown[])[] }));
  });

describe("whatever the table", () => {
  test("rows and columns, in any order and with more of them, come out as the signature has them", () => {
    fc.assert(
      fc.property(table, fc.integer(), ({ names, types, rows, values }, seed) => {
        const schema = columns(Object.fromEntries(names.map((name, index) => [name, types[index] as string])));
        const order = [...names.keys()].sort((a, b) => ((a * 7 + seed) % 5) - ((b * 7 + seed) % 5));
        const entries = order.map((index) => [names[index], values[index]] as const);
        const asColumns = Object.fromEntries([...entries, ["something else entirely", values[0]]]);
        const asRows = Array.from({ length: rows }, (_, row) =>
          Object.fromEntries(order.map((index) => [names[index], values[index]?.[row]])),
        );
        // An object's own order of keys is not that of its literal when they are numbers.
        const expected = (schema as Extract<Schema, { kind: "columns" }>).columns.map(({ name }) => [
          name,
          values[names.indexOf(name as string)],
        ]);
        for (const data of [asColumns, asRows])
          expect(taken(schema, data).parts.map((part) => [part.name, Array.from(part.values)])).toEqual(expected);
      }),
    );
  });

  test("a table always fits the signature that was inferred from it, and loses nothing", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          table.map(({ names, values }) => Object.fromEntries(names.map((name, i) => [name, values[i]]))),
          // An object of lists may be columns, or one row of lists.
          fc.jsonValue().filter((data) => Array.isArray(data) || data === null || typeof data !== "object"),
        ),
        (data) => {
          const schema = schemaOf(captureTable(data));
          if (!schema) return;
          const { rows } = enforceInput(schema, data);
          expect(rows).toBe((captureTable(data) as { rows: number }).rows);
        },
      ),
    );
  });

  test("what does not fit is refused as an invalid parameter, and never thrown otherwise", () => {
    const schemas: readonly (Schema | undefined)[] = [
      undefined,
      columns({ a: "double", b: { type: "string", required: false } }),
      columns(["long", "boolean"]),
      columns({ a: { type: "array", items: { type: "object", properties: { x: { type: "long", required: true } } } } }),
      tensors({ dtype: "float32", shape: [-1, 2] }),
      tensors({ dtype: "int32", shape: [-1], name: "a" }, { dtype: "str", shape: [-1, -1], name: "b" }),
    ];
    const value = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withTypedArray: true,
      withSparseArray: true,
      key: fc.constantFrom("a", "b", "x", "shape", "dtype"),
    });
    fc.assert(
      fc.property(fc.constantFrom(...schemas), value, (schema, data) => {
        try {
          enforceInput(schema, data);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
          expect((error as InvalidInputError).code).toBe("INVALID_PARAMETER_VALUE");
        }
      }),
      { numRuns: samples(1000) },
    );
  });

  test("whole numbers survive every type that takes them", () => {
    const dtypes = ["int32", "int64", "float64"];
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.constantFrom(...dtypes), (numbers, dtype) => {
        const part = taken(tensors({ dtype, shape: [-1] }), numbers).parts[0];
        expect(Array.from(part?.values ?? [])).toEqual(numbers);
      }),
    );
  });

  test("params that were given as defaults are taken", () => {
    const param = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      fc.boolean(),
      fc.array(fc.string(), { minLength: 1 }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), param, { minKeys: 1 }), (params) => {
        const { params: specs } = inferSignature(undefined, undefined, params);
        expect(enforceParams(specs, params)).toEqual({ ...params });
        expect(enforceParams(specs, {})).toEqual({ ...params });
      }),
    );
  });
});

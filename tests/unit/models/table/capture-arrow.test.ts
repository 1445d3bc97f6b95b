import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  DurationMillisecond,
  Field,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  List,
  Map_,
  makeVector,
  Null,
  type RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  TimestampMicrosecond,
  Uint32,
  Uint8,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, test } from "vitest";
import { captureDataset, captureTable, inferSignature, type TableSample } from "../../../../src/models";

const text = (data: unknown) => String(inferSignature(data));
const vector = (type: DataType, values: readonly unknown[]) => vectorFromArray([...values], type);
const table = (columns: Record<string, ReturnType<typeof vector>>) => new Table(columns);
const cells = (sample: TableSample) => {
  if (sample.kind !== "columns") throw new Error(`no columns: ${sample.kind}`);
  return sample.columns.map(({ values }) => Array.from(values));
};

describe("the columns of an Arrow table", () => {
  test("have the types that it declares", () => {
    const all = table({
      small: vector(new Uint8(), [1]),
      short: vector(new Int16(), [1]),
      int: vector(new Int32(), [1]),
      unsigned: vector(new Uint32(), [1]),
      long: vector(new Int64(), [1n]),
      half: vector(new Float16(), [1]),
      float: vector(new Float32(), [1]),
      double: vector(new Float64(), [1]),
      yes: vector(new Bool(), [true]),
      name: vector(new Utf8(), ["x"]),
      bytes: vector(new Binary(), [Uint8Array.of(1)]),
      day: vector(new DateDay(), [new Date(86_400_000)]),
      time: vector(new TimestampMicrosecond(), [new Date(5)]),
      kind: vector(new Dictionary(new Utf8(), new Int32()), ["a"]),
      price: makeVector({ type: new Decimal(2, 10, 128), data: Uint32Array.of(12_345, 0, 0, 0) }),
      took: vector(new DurationMillisecond(), [5n]),
    });
    expect(text(all)).toBe(
      "(small: integer, short: integer, int: integer, unsigned: long, long: long, half: float, float: float, " +
        "double: double, yes: boolean, name: string, bytes: binary, day: datetime, time: datetime, kind: string, " +
        "price: double, took: long)",
    );
    expect(cells(captureTable(all)).map(([cell]) => cell)).toEqual([
      ...[1, 1, 1, 1, 1n, 1, 1, 1, true, "x", Buffer.of(1)],
      ...[new Date(86_400_000), new Date(5), "a", 123.45, 5n],
    ]);
  });

  test("are optional where a value is missing, also where the sample does not show it", () => {
    const values = Array.from({ length: 30_000 }, (_, index) => (index === 1 ? null : index));
    const rows = table({ a: vector(new Int32(), values), b: vector(new Int32(), [...values].fill(0)) });
    expect(text(rows)).toBe("(a?: integer, b: integer)");
    expect(text(table({ a: vector(new Null(), [null]), b: vector(new Float64(), [1]) }))).toBe("(a?: any, b: double)");
  });

  test("may be nested", () => {
    const place = new Struct([new Field("lat", new Float64(), true), new Field("city", new Utf8(), true)]);
    const entries = new Struct<{ key: Utf8; value: Int32 }>([
      new Field("key", new Utf8() as never),
      new Field("value", new Int32() as never),
    ]);
    const nested = table({
      tags: vector(new List(new Field("item", new Utf8())), [["x"], ["y", "z"]]),
      at: vector(new FixedSizeList(2, new Field("item", new Float32())), [
        [1, 2],
        [3, 4],
      ]),
      place: vector(place, [
        { lat: 1, city: "a" },
        { lat: 2, city: null },
      ]),
      seen: vector(new List(new Field("item", new DateDay())), [[new Date(0)], []]),
      counts: vector(new Map_(new Field("entries", entries)), [{ k: 1 }, { k: 2 }]),
    });
    expect(text(nested)).toBe(
      "(tags: string[], at: float[], place: { lat: double, city?: string }, seen: datetime[], counts: { k: double })",
    );
    expect(cells(captureTable(nested)).map(([cell]) => cell)).toEqual([
      ["x"],
      [1, 2],
      { lat: 1, city: "a" },
      [new Date(0)],
      { k: 1 },
    ]);
  });

  test("are the same after the table was written to a file, in batches", () => {
    const [head, tail] = [[1, 2], [3]].map((a) => tableFromArrays({ a: Int32Array.from(a), b: a.map(String) }));
    const read = tableFromIPC(tableToIPC((head as Table).concat(tail as Table)));
    expect(read.batches).toHaveLength(2);
    expect(text(read)).toBe("(a: integer, b: string)");
    expect(cells(captureTable(read))).toEqual([
      [1, 2, 3],
      ["1", "2", "3"],
    ]);
  });

  test("are known though the table has no rows", () => {
    const schema = new Schema([new Field("a", new Int64()), new Field("b", new Utf8())]);
    expect(text(new Table(schema))).toBe("(a: long, b: string)");
    expect(() => text(new Table(new Schema([])))).toThrow("is empty");
  });
});

test("a record batch is its columns, a vector one column without a name", () => {
  const all = tableFromArrays({ a: Float32Array.of(1, 2) });
  expect(text(all.batches[0] as RecordBatch)).toBe("(a: float)");
  expect(text(all.getChild("a"))).toBe("(float)");
  expect(text(vector(new Utf8(), ["x", null]))).toBe("(string?)");
});

test("an Arrow table and the arrays that it was made of have one digest", () => {
  const arrays = { a: Int32Array.of(1, 2, 3), b: Float64Array.of(0.5, 1, 2) };
  const digest = (data: unknown) => captureDataset(data).describe().digest;
  expect(digest(tableFromArrays(arrays))).toBe(digest(arrays));
});

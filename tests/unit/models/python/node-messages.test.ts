import { inspect, isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeAnswer } from "../../../../src/models/python/node/answer";
import { decodeCell, encodeCell } from "../../../../src/models/python/node/cells";
import { encodeFrame, type Frame, FrameReader } from "../../../../src/models/python/node/frames";
import { readRequest } from "../../../../src/models/python/node/request";
import { samples } from "../../../support/samples";

describe("messages", () => {
  test("come out as they were, however the pipe cuts them", () => {
    const block = fc.uint8Array({ maxLength: 40 });
    const frame = fc.record({ body: fc.jsonValue(), blocks: fc.array(block, { maxLength: 3 }) });
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 4 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 30 })),
        (frames, cuts) => {
          const bytes = Buffer.concat(frames.flatMap(encodeFrame));
          const reader = new FrameReader();
          const read: Frame[] = [];
          for (let at = 0; at < bytes.length; ) {
            const end = at + (cuts.next().value as number);
            read.push(...reader.add(bytes.subarray(at, end)));
            at = end;
          }
          expect(read).toEqual(
            JSON.parse(JSON.stringify(frames.map(({ body }) => body))).map((body: unknown, index: number) => ({
              body,
              blocks: frames[index]?.blocks,
            })),
          );
        },
      ),
    );
  });

  test("what is none is refused", () => {
    expect(() => new FrameReader().add(Buffer.from("GET / HTTP/1.1"))).toThrow("no message");
  });
});

test("cells: what JSON has no form for comes back as it was", () => {
  const leaf = fc.oneof(
    fc.double(),
    fc.bigInt(),
    fc.array(fc.nat({ max: 0xffff }), { maxLength: 10 }).map((units) => String.fromCharCode(...units)),
    fc.boolean(),
    fc.constant(null),
    fc.date(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 2 },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(value, (given) => {
      const decoded = decodeCell(JSON.parse(JSON.stringify(encodeCell(given))));
      expect(isDeepStrictEqual(decoded, given), inspect(given)).toBe(true);
    }),
    { numRuns: samples(50) },
  );
  expect(encodeCell([undefined, () => 1, new Map([[1, 2]]), Float32Array.of(0.5), { toJSON: () => "text" }])).toEqual([
    null,
    null,
    { o: [] },
    [0.5],
    "text",
  ]);
});

describe("answers", () => {
  const numbers = (values: readonly number[]) => new Uint8Array(Float64Array.from(values).buffer);

  test("numbers travel in a block with their shape", () => {
    expect(encodeAnswer([[1, -0, NaN]])).toEqual({
      body: { output: { block: 0, type: "float64", shape: [1, 3] } },
      blocks: [numbers([1, -0, NaN])],
    });
    expect(encodeAnswer(Float32Array.of(1).subarray(0))).toEqual({
      body: { output: { block: 0, type: "float32", shape: [1] } },
      blocks: [new Uint8Array(Float32Array.of(1).buffer)],
    });
  });

  test("what is ragged, mixed, empty or no list travels as cells", () => {
    for (const [given, cells] of [
      [
        [[1], [1, 2]],
        [[1], [1, 2]],
      ],
      [
        [1, "x"],
        [1, "x"],
      ],
      [Object.assign(Array(3), { 0: 1, 2: 2 }), [1, null, 2]],
      [[], []],
      [5, 5],
    ])
      expect(encodeAnswer(given)).toEqual({ body: { output: { cells } }, blocks: [] });
  });

  test("named outputs keep their order", () => {
    expect(encodeAnswer({ b: [1], a: ["x"] })).toEqual({
      body: {
        outputs: [
          ["b", { block: 0, type: "float64", shape: [1] }],
          ["a", { cells: ["x"] }],
        ],
      },
      blocks: [numbers([1])],
    });
  });
});

test("requests: columns and tensors as a predictor takes them", () => {
  const block = (array: ArrayBufferView) => new Uint8Array(array.buffer);
  const blocks = [
    block(Float64Array.of(1.5)),
    block(BigInt64Array.of(2n ** 60n)),
    Uint8Array.of(1),
    block(Float64Array.of(0)),
  ];
  const parts = [
    { name: "a", type: { type: "double" }, values: { block: 0, type: "float64" } },
    { name: "b", values: { block: 1, type: "int64" } },
    { name: "c", values: { block: 2, type: "bool" } },
    { name: "d", values: { block: 3, type: "date" } },
    { name: "e", values: { cells: [{ b: "AA==" }] } },
  ];
  const { input, params } = readRequest({
    body: { kind: "columns", rows: 1, parts, params: { o: [["t", { n: "NaN" }]] } },
    blocks,
  });
  expect(params).toEqual({ t: NaN });
  expect(input).toEqual({
    kind: "columns",
    rows: 1,
    columns: [
      { name: "a", type: { type: "double" }, values: Float64Array.of(1.5) },
      { name: "b", values: BigInt64Array.of(2n ** 60n) },
      { name: "c", values: [true] },
      { name: "d", values: [new Date(0)] },
      { name: "e", values: [Buffer.of(0)] },
    ],
  });
});

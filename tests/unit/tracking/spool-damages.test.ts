import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileStore } from "../../../src/stores";
import { Deliverer } from "../../../src/tracking/spool/deliverer";
import { DeliveryState } from "../../../src/tracking/spool/delivery-state";
import { JournalReader, JournalWriter, type Position } from "../../../src/tracking/spool/journal";
import { toMetricRecord } from "../../../src/tracking/spool/metric-record";
import type { JournalRecord, Operation } from "../../../src/tracking/spool/operations";
import { temporaryFolder } from "../../support/temporary-folder";
import { tag } from "./delivery";

const START: Position = { segment: 1, offset: 0 };
const LOG = "000001.log";

const file = (path: string): Operation => ({ op: "writeFile", owner: { run: "ours" }, path });

const points = (key: string) => toMetricRecord("ours", { key, values: [1, 2], timestamps: [1, 2], steps: [0, 1] });

/** Records of every form. */
const RECORDS: readonly JournalRecord[] = [
  ...["a", "b"].map((key) => ({ operation: tag(key), payload: Buffer.alloc(0) })),
  points("c"),
  { operation: file("d"), payload: Buffer.from('{"op":"batch"} {}') },
  ...["e", "f"].map((key) => ({ operation: tag(key), payload: Buffer.alloc(0) })),
  points("g"),
  { operation: file("h"), payload: Buffer.from("text") },
];

type Hurt = (bytes: Buffer, from: number, to: number) => void;

/** A journal of these records, one of which is spoiled; where that begins. */
function spoiled(index: number, hurt: Hurt, records = RECORDS): { readonly folder: string; readonly at: number } {
  const folder = temporaryFolder();
  const writer = new JournalWriter(folder);
  const places = records.map(({ operation, payload }) => {
    writer.append(operation, payload);
    return writer.end.offset;
  });
  writer.close();
  const log = join(folder, LOG);
  const bytes = readFileSync(log);
  const at = places[index - 1] ?? 0;
  hurt(bytes, at, places[index] as number);
  writeFileSync(log, bytes);
  return { folder, at };
}

function read(folder: string, isEnded = true) {
  const reader = new JournalReader(folder, START, { isEnded });
  const operations: Operation[] = [];
  for (let record = reader.next(); record; record = reader.next()) operations.push(record.operation);
  return { operations, damages: reader.damages, position: reader.position };
}

const flipped =
  (place: number, bit: number): Hurt =>
  (bytes, from) =>
    bytes.writeUInt8(bytes.readUInt8(from + place) ^ bit, from + place);

const operations = RECORDS.map(({ operation }) => operation);
const without = (index: number) => operations.filter((_one, other) => other !== index);

describe("a record whose head is spoiled costs nothing but itself", () => {
  const hurts: [string, Hurt][] = [
    ["a payload that is too long", flipped(7, 0x10)],
    [
      "a payload that reaches into the next records",
      (bytes, from) => bytes.writeUInt32LE(bytes.readUInt32LE(from + 4) + 99, from + 4),
    ],
    ["a header that is too long", flipped(3, 0x10)],
    ["a header that is a little too long", flipped(0, 0x80)],
    ["a header of no length", (bytes, from) => bytes.fill(0, from, from + 4)],
    ["zeros", (bytes, from, to) => bytes.fill(0, from, to)],
    ["its first byte", flipped(8, 0x01)],
    ["its kind", (bytes, from) => bytes.write("x", from + 8 + 7)],
  ];
  test.each(hurts)("%s", (_name, hurt) => {
    for (const index of [0, 1, 2, 3, 5]) {
      const { folder, at } = spoiled(index, hurt);
      const { operations: left, damages } = read(folder);
      expect(left).toEqual(without(index));
      expect(damages.map((damage) => damage.at)).toEqual([{ segment: 1, offset: at }]);
    }
  });

  test("whichever bit of its lengths it is", () => {
    for (const index of [1, 2, 3]) {
      const { folder, at } = spoiled(index, () => {});
      const whole = readFileSync(join(folder, LOG));
      for (let bit = 0; bit < 64; bit++) {
        const bytes = Buffer.from(whole);
        flipped(bit >> 3, 1 << (bit & 7))(bytes, at, at);
        writeFileSync(join(folder, LOG), bytes);
        const { operations: left, damages } = read(folder);
        expect(left.slice(-4)).toEqual(operations.slice(-4));
        expect(left.slice(0, index)).toEqual(operations.slice(0, index));
        expect(damages).toHaveLength(1);
      }
    }
  });

  test("with the next one", () => {
    const { folder, at } = spoiled(2, (bytes, from, to) => bytes.fill(0, from, to + 8));
    const { operations: left, damages } = read(folder);
    expect(left).toEqual(operations.filter((_one, index) => index !== 2 && index !== 3));
    expect(damages).toMatchObject([{ at: { segment: 1, offset: at } }]);
  });
});

test.each<[string, Hurt]>([
  ["zeros", (bytes, from, to) => bytes.fill(0, from, to)],
  ["too long a payload", flipped(7, 0x10)],
])("at the end of a file that has a successor, %s are damage", (_name, hurt) => {
  const { folder, at } = spoiled(7, hurt);
  const writer = new JournalWriter(folder);
  writer.append(tag("next"));
  writer.close();
  const { operations: left, damages } = read(folder, false);
  expect(left).toEqual([...without(7), tag("next")]);
  expect(damages).toMatchObject([{ at: { segment: 1, offset: at } }]);
});

test.each<[string, Hurt]>([
  ["its header", flipped(3, 0x10)],
  ["its payload", flipped(7, 0x10)],
])("a last record that is whole, but not by the length of %s, is damage", (_name, hurt) => {
  for (const last of [1, 3]) {
    const { folder, at } = spoiled(last - 1, hurt, RECORDS.slice(0, last));
    expect(read(folder).damages).toMatchObject([{ at: { segment: 1, offset: at } }]);
  }
});

test("while a journal is written nothing is passed over that may be half there", () => {
  const { folder, at } = spoiled(3, flipped(7, 0x10));
  const { operations: left, damages, position } = read(folder, false);
  expect(left).toEqual(operations.slice(0, 3));
  expect(damages).toEqual([]);
  expect(position).toEqual({ segment: 1, offset: at });
});

test("what is damaged is told when its bytes have been kept", async () => {
  const { folder, at } = spoiled(1, (bytes, from, to) => bytes.fill("!", from + 10, to - 1), RECORDS.slice(0, 3));
  const state = new DeliveryState(folder);
  const reader = new JournalReader(folder, state.position, { isEnded: true });
  const told: string[] = [];
  const sent: string[] = [];
  const plain = fileStore({ root: join(folder, "mlruns") });
  const store = {
    ...plain,
    logBatch: (_run: string, { tags = [] }: { tags?: readonly { key: string }[] }) => {
      sent.push(...tags.map(({ key }) => key));
    },
  };
  const onRefusal = ({ what }: { what: string }) => told.push(what);
  const deliverer = new Deliverer({ store, folder, reader, state, isReplay: false, onRefusal });
  // Where the bytes are to go stands something else.
  const place = join(folder, `damaged-1-${at}`);
  mkdirSync(join(place, "full"), { recursive: true });
  await expect(deliverer.deliverAll()).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
  expect(told).toEqual([]);
  rmSync(place, { recursive: true });
  await deliverer.deliverAll();
  expect(told).toEqual(["a damaged record"]);
  expect(sent).toContain("a");
  expect(readFileSync(place, "latin1")).toContain("!!!!");
  expect(reader.damages).toEqual([]);
  expect(readdirSync(folder)).toContain(`damaged-1-${at}`);
});

import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fileStore } from "../../../src/stores";
import { Deliverer } from "../../../src/tracking/spool/deliverer";
import { DeliveryState, JournalReader, JournalWriter, START } from "../../../src/tracking/spool/journal";
import type { JournalRecord, Operation } from "../../../src/tracking/spool/operations";
import { temporaryFolder } from "../../support/temporary-folder";
import { samples } from "../../support/samples";

const tag = (value: string): Operation => ({ op: "batch", run: "r", tags: [{ key: "k", value }] });

function readAll(folder: string): JournalRecord[] {
  const reader = new JournalReader(folder, START);
  const found: JournalRecord[] = [];
  for (let record = reader.next(); record; record = reader.next()) found.push(record);
  return found;
}

describe("a journal", () => {
  test("gives back what was written, in order, also while it grows", () => {
    const folder = temporaryFolder();
    const writer = new JournalWriter(folder);
    const reader = new JournalReader(folder, START);
    expect(reader.next()).toBeUndefined();
    writer.append(tag("é"), Buffer.from([1, 2, 3]));
    expect(reader.next()).toMatchObject({ operation: tag("é"), payload: Buffer.from([1, 2, 3]) });
    expect(reader.next()).toBeUndefined();
    writer.append(tag("b"));
    expect(reader.next()).toMatchObject({ operation: tag("b"), end: writer.end });
  });

  test("cut at any place reads as what was whole before the cut", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 6 }), fc.nat(), (texts, place) => {
        const folder = temporaryFolder();
        const writer = new JournalWriter(folder);
        const ends = texts.map((text) => {
          writer.append(tag(text), Buffer.from(text));
          return writer.end.offset;
        });
        const cut = place % (writer.end.offset + 1);
        writer.close();
        truncateSync(join(folder, "000001.log"), cut);
        const whole = texts.slice(0, ends.filter((end) => end <= cut).length);
        expect(readAll(folder).map(({ payload }) => payload.toString())).toEqual(whole);
      }),
      { numRuns: samples(40) },
    );
  });

  test("goes on in another file when one is long, and the files before a position can go", () => {
    const folder = temporaryFolder();
    const writer = new JournalWriter(folder);
    const large = Buffer.alloc(9 * 1024 * 1024, 7);
    for (const text of ["a", "b", "c"]) writer.append(tag(text), large);
    expect(readdirSync(folder)).toEqual(["000001.log", "000002.log"]);
    const reader = new JournalReader(folder, START);
    for (let record = reader.next(); record; record = reader.next()) expect(record.payload.equals(large)).toBe(true);
    reader.discardBefore(reader.position);
    expect(readdirSync(folder)).toEqual(["000002.log"]);
  });

  test("knows how far it has been delivered, and what has become of its ids", () => {
    const folder = temporaryFolder();
    const state = new DeliveryState(folder);
    state.position = { segment: 2, offset: 345 };
    state.confirm("ours", { id: "theirs", artifactUri: "a:/b", experimentId: "1" });
    const text = readFileSync(join(folder, "confirmed.jsonl"), "utf8");
    writeFileSync(join(folder, "confirmed.jsonl"), `${text}["cut`);
    const again = new DeliveryState(folder);
    expect(again.position).toEqual({ segment: 2, offset: 345 });
    expect([...again.confirmed]).toEqual([["ours", { id: "theirs", artifactUri: "a:/b", experimentId: "1" }]]);
  });
});

/** One of whose methods `fails` so many times after it has had its effect. */
function failing(store: ReturnType<typeof fileStore>, fails: () => boolean): ReturnType<typeof fileStore> {
  const members = Object.entries(store).map(([name, member]) => {
    if (typeof member !== "function") return [name, member];
    const method = (...args: unknown[]) => {
      const answer = (member as (...args: unknown[]) => unknown)(...args);
      if (fails()) throw Object.assign(new Error("the answer was lost"), { code: "ECONNRESET" });
      return answer;
    };
    return [name, method];
  });
  return Object.fromEntries(members) as ReturnType<typeof fileStore>;
}

describe("delivering a journal", () => {
  test("does everything once, wherever and however often it is interrupted after the effect", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 }),
        fc.boolean(),
        async (gaps, isReplay) => {
          const root = temporaryFolder();
          const folder = join(root, "journal");
          const writer = new JournalWriter(folder);
          const draft = { runName: "a", userId: "me", startTime: 1, tags: [{ key: "trackbook.run_key", value: "k1" }] };
          writer.append({ op: "createRun", run: "ours", experiment: { name: "mine" }, draft });
          for (const start of [0, 3, 6]) {
            const numbers = new Float64Array([start, start + 1, start + 2, 10, 11, 12, start, start + 1, start + 2]);
            writer.append({ op: "metric", run: "ours", key: "loss", count: 3 }, new Uint8Array(numbers.buffer));
          }
          writer.append({
            op: "batch",
            run: "ours",
            params: [{ key: "p", value: "1" }],
            tags: [{ key: "t", value: "v" }],
          });
          const table = { columns: ["a"], data: [[1], [2]] };
          writer.append({ op: "appendTable", run: "ours", path: "t.json" }, Buffer.from(JSON.stringify(table)));
          writer.append({ op: "updateRun", run: "ours", change: { status: "FINISHED", endTime: 5 } });
          let left = gaps[0] ?? 0;
          let at = 0;
          const store = failing(fileStore({ root: join(root, "mlruns") }), () => {
            if (at >= gaps.length || --left > 0) return false;
            left = gaps[++at] ?? 0;
            return true;
          });
          for (let attempt = 0; ; attempt++) {
            const state = new DeliveryState(folder);
            const reader = new JournalReader(folder, state.position);
            const deliverer = new Deliverer({ store, folder, reader, state, isReplay: true, onRefusal: () => {} });
            try {
              await deliverer.deliverAll();
              if (!isReplay) break;
              // The same again, from the beginning.
              if (attempt > gaps.length + 1) break;
              state.position = START;
            } catch (error) {
              expect((error as Error).message).toBe("the answer was lost");
            }
          }
          const plain = fileStore({ root: join(root, "mlruns") });
          const experiment = plain.getExperimentByName("mine");
          const { items } = plain.searchRuns([experiment?.experimentId ?? ""], {});
          expect(items).toHaveLength(1);
          const run = plain.getRun(items[0]?.info.runId ?? "");
          expect(run.info).toMatchObject({ status: "FINISHED", endTime: 5 });
          expect(run.data.params).toEqual({ p: "1" });
          expect(plain.getMetricHistory(run.info.runId, "loss").items.map(({ step }) => step)).toEqual([
            0, 1, 2, 3, 4, 5, 6, 7, 8,
          ]);
          expect(JSON.parse(readFileSync(join(run.info.artifactUri.replace("file://", ""), "t.json"), "utf8"))).toEqual(
            table,
          );
        },
      ),
      { numRuns: samples(15) },
    );
  });
});

import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { localArtifacts } from "../../../src/artifacts";
import { fileStore } from "../../../src/stores";
import { Deliverer } from "../../../src/tracking/spool/deliverer";
import { DeliveryState } from "../../../src/tracking/spool/delivery-state";
import { JournalReader, JournalWriter, type Position } from "../../../src/tracking/spool/journal";
import type { JournalRecord, Operation } from "../../../src/tracking/spool/operations";
import { deliverJournal, findJournals, spoolFolder } from "../../../src/tracking/spool";
import { Spool } from "../../../src/tracking/spool/spool";
import { capturedStderr } from "../../support/captured-stderr";
import { temporaryFolder } from "../../support/temporary-folder";
import { samples } from "../../support/samples";
import { guarded, param } from "./delivery";

const START: Position = { segment: 1, offset: 0 };

const tag = (value: string): Operation => ({ op: "batch", run: "r", tags: [{ key: "k", value }] });

const file = (path: string): Operation => ({ op: "writeFile", owner: { run: "r" }, path });

function readAll(folder: string): JournalRecord[] {
  const reader = new JournalReader(folder, START, { isEnded: true });
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
    writer.append(file("é"), Buffer.from([1, 2, 3]));
    expect(reader.next()).toMatchObject({ operation: file("é"), payload: Buffer.from([1, 2, 3]) });
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
          writer.append(file(text), Buffer.from(text));
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

  test("passes over what is damaged, and tells of it once", () => {
    const folder = temporaryFolder();
    const writer = new JournalWriter(folder);
    const ends = ["a", "b", "c", "d"].map((text) => {
      writer.append(tag(text));
      return writer.end.offset;
    });
    writer.close();
    const log = join(folder, "000001.log");
    const bytes = readFileSync(log);
    const [first = 0, , third = 0] = ends;
    // In the second record, and at the lengths with which the last begins.
    bytes[first + 12] = 0;
    bytes.fill(0xff, third, third + 9);
    writeFileSync(log, bytes);
    const reader = new JournalReader(folder, START, { isEnded: true });
    const texts: unknown[] = [];
    for (let record = reader.next(); record; record = reader.next()) texts.push(record.operation);
    expect(texts).toEqual([tag("a"), tag("c")]);
    expect(reader.damages.map(({ at }) => at.offset)).toEqual([first, third]);
    for (const damage of reader.damages) reader.settle(damage);
    reader.rewind(START);
    expect(reader.next()?.operation).toEqual(tag("a"));
    expect(reader.next()?.operation).toEqual(tag("c"));
    expect(reader.damages).toEqual([]);
  });

  test("goes on in another file when one is long, and the files before a position can go", () => {
    const folder = temporaryFolder();
    const writer = new JournalWriter(folder);
    const large = Buffer.alloc(9 * 1024 * 1024, 7);
    for (const text of ["a", "b", "c"]) writer.append(file(text), large);
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

test("a journal whose first files are gone begins with those that are there, whatever was noted of its position", async () => {
  const folder = temporaryFolder();
  const writer = new JournalWriter(folder);
  for (const text of ["a", "b", "c", "d"]) writer.append(file(text), Buffer.alloc(17 * 1024 * 1024));
  for (const name of ["000001.log", "000002.log"]) rmSync(join(folder, name));
  writeFileSync(join(folder, "delivered"), "");
  const kept: unknown[] = [];
  const reader = new JournalReader(folder, new DeliveryState(folder).position);
  for (let record = reader.next(); record; record = reader.next()) kept.push(record.operation);
  expect(kept).toEqual([file("c"), file("d")]);
});

test("of a record that lost its bytes with the machine's power nothing is read", () => {
  const folder = temporaryFolder();
  const writer = new JournalWriter(folder);
  writer.append(tag("a"));
  writer.close();
  appendFileSync(join(folder, "000001.log"), Buffer.alloc(100));
  new JournalWriter(folder).append(tag("b"));
  expect(readAll(folder).map(({ operation }) => operation)).toEqual([tag("a"), tag("b")]);
});

test("what could not be read when it was to be sent with others is sent the next time", async () => {
  const folder = temporaryFolder();
  const writer = new JournalWriter(folder);
  writer.append(param("a"));
  const sent: unknown[] = [];
  const store = guarded(fileStore({ root: join(folder, "mlruns") }), (_method, [, batch]) => {
    sent.push(...((batch as { params?: { key: string }[] })?.params ?? []).map(({ key }) => key));
  });
  const state = new DeliveryState(folder);
  const reader = new JournalReader(folder, state.position);
  const deliverer = new Deliverer({ store, folder, reader, state, isReplay: false, onRefusal: () => {} });
  // Behind the first record lies another file that cannot be read.
  mkdirSync(join(folder, "000002.log"));
  await expect(deliverer.deliverAll()).rejects.toMatchObject({ code: "EISDIR" });
  expect(sent).toEqual([]);
  rmSync(join(folder, "000002.log"), { recursive: true });
  new JournalWriter(folder).append(param("b"));
  await deliverer.deliverAll();
  expect(sent.slice(0, 2)).toEqual(["a", "b"]);
});

describe("what is logged after the process has taken its leave", () => {
  const program = () => {
    vi.stubEnv("TRACKBOOK_SPOOL", temporaryFolder());
    const root = join(temporaryFolder(), "mlruns");
    return { spool: new Spool({ uri: root, isOffline: true }), root, store: fileStore({ root }) };
  };
  afterEach(() => vi.unstubAllEnvs());

  test("goes to the same run, and nothing is lost of what was logged before", async () => {
    const { spool, root, store } = program();
    const draft = { runName: "a", userId: "me", startTime: 1, tags: [] };
    const said = capturedStderr();
    const { run } = spool.openRun({ name: "mine" }, draft, { mayWait: true });
    const { runId } = run.info;
    spool.append({ op: "batch", run: runId, params: [{ key: "early", value: "1" }] });
    spool.leave();
    spool.keepFile({ run: runId }, { kind: "content", path: "late.txt", content: "x".repeat(100_000) });
    spool.append({ op: "batch", run: runId, params: [{ key: "late", value: "2" }] });
    spool.leave();
    expect(said.join("")).toMatch(/^(trackbook: what was logged stays in .*\n){2}$/);
    const journals = findJournals(spoolFolder());
    expect(journals).toHaveLength(2);
    for (const journal of journals.reverse())
      expect(await deliverJournal(spoolFolder(), journal, root)).toMatchObject({ kept: 0 });
    const { items } = store.searchRuns([store.getExperimentByName("mine")?.experimentId ?? ""], {});
    expect(items.map(({ data }) => data.params)).toEqual([{ early: "1", late: "2" }]);
    expect(localArtifacts({ root: items[0]?.info.artifactUri ?? "" }).list()).toMatchObject([
      { path: "late.txt", fileSize: 100_000 },
    ]);
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

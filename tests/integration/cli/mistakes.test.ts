import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTrackingStore } from "../../../src/stores";
import { JournalWriter } from "../../../src/tracking/spool/journal";
import { openJournal, closeJournal } from "../../../src/tracking/spool/journal-info";
import type { Operation } from "../../../src/tracking/spool/operations";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { createRun, param } from "../../unit/tracking/delivery";
import { trackbook } from "./command-line";

test("a number of processes that is none, and a place that is none, are answered with what is taken", async () => {
  const folder = temporaryFolder();
  const workers = await trackbook(folder, ["server", "--workers", "0"]);
  expect(workers.stderr).toContain("Hint: --workers 4");
  expect(workers.stderr).not.toContain("--max-results");
  const place = await trackbook(folder, ["server", "--backend-store-uri", "ftp://x"]);
  expect(place.code).not.toBe(0);
  for (const kind of ["sqlite:///", "postgresql://", "mysql://", "http(s)://"]) expect(place.stderr).toContain(kind);
});

test.each<readonly [command: string, hint: string]>([
  ["gc --run-ids zzz", "`trackbook gc --dry-run` shows what is deleted."],
  ["experiments get -n nope", "`trackbook experiments search --view all` lists them"],
  ["experiments get -x 77", "`trackbook experiments search` shows the ids."],
  ["experiments create -n ", "`trackbook experiments create -n penguins` is right."],
  ["experiments create -n Default", "choose another name."],
  ["experiments delete -x 0", "its runs can: `trackbook runs delete`."],
  ["experiments restore -x 0", "`trackbook experiments search --view deleted_only` shows the ids."],
  ["runs describe --run-id ", "`trackbook runs list` shows the ids."],
  ["runs describe --run-id zz", "`trackbook runs list` shows the ids."],
  [`runs describe --run-id ${"0".repeat(32)}`, "`trackbook runs list` shows the runs here; --tracking-uri"],
  ["artifacts download -r RUN -a nope", "`trackbook artifacts list` shows what is there."],
  ["artifacts log-artifact -r RUN -l nope.txt", "relative paths begin at the folder that the command is run in."],
  ["runs list --tracking-uri ftp://x", "--tracking-uri ./mlruns names a folder."],
])("what mends %s is a command and no call", async (command, hint) => {
  const folder = temporaryFolder();
  const { runId } = openTrackingStore(join(folder, "mlruns")).createRun({
    ...{ experimentId: "0", runName: "first", userId: "me", startTime: 1, tags: [] },
  }).info;
  const { code, stderr } = await trackbook(folder, command.replace("RUN", runId).split(" "));
  expect(code).toBe(1);
  expect(stderr).toContain(hint);
  expect(stderr.slice(stderr.indexOf("Hint:"))).not.toMatch(/\w\(/);
});

test("to send from a folder that is not there is a mistake; that nothing waits here is none", async () => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await trackbook(folder, ["sync", "./nope"]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain('There is no such folder; nothing was sent. Received: "./nope"');
  expect(await trackbook(folder, ["sync"])).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("Nothing waits"),
  });
  expect(readdirSync(folder)).toEqual([]);
});

test("indexes cannot be made through a server, and it is said where they can", async () => {
  const folder = temporaryFolder();
  const { url } = await startProgram(folder, ["server", "--port", "0", "--backend-store-uri", "sqlite:///a.db"]);
  const { code, stdout } = await trackbook(folder, ["doctor", "--indexes", "--tracking-uri", url]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/indexes +cannot be made through a server/);
  expect(stdout).toContain("on the server's machine: `trackbook doctor --indexes --tracking-uri DATABASE`");
  expect((await trackbook(folder, ["doctor", "--tracking-uri", url])).code).toBe(0);
});

/** The journal of a program that is gone, as it is found where it was not written; where each record begins. */
function leftJournal(folder: string, operations: readonly Operation[]) {
  const journal = join(folder, ".trackbook/spool/journal");
  openJournal(journal, join(folder, "mlruns"));
  const writer = new JournalWriter(journal);
  const places = operations.map((operation) => {
    const { offset } = writer.end;
    writer.append(operation);
    return offset;
  });
  writer.close();
  closeJournal(journal);
  const info = join(journal, "journal.json");
  writeFileSync(info, JSON.stringify({ ...JSON.parse(readFileSync(info, "utf8")), place: "another machine" }));
  return { journal, log: join(journal, "000001.log"), places };
}

function spoil(log: string, change: (bytes: Buffer) => unknown): void {
  const bytes = readFileSync(log);
  change(bytes);
  writeFileSync(log, bytes);
}

test("of a damaged record the file is named and its bytes are kept; what is before and behind it is sent", async () => {
  const folder = temporaryFolder();
  const target = join(folder, "mlruns");
  const { journal, log, places } = leftJournal(folder, [createRun("ours", "mine"), param("lost"), param("lr")]);
  const offset = places[1] as number;
  spoil(log, (bytes) => bytes.fill("#", offset + 44, offset + 48));

  const sent = await trackbook(folder, ["sync"]);
  expect(sent.code).toBe(1);
  expect(sent.stderr).toContain(`The record at byte ${offset} of ${log} is damaged`);
  expect(sent.stderr).toContain(`damaged-1-${offset}`);
  const store = openTrackingStore(target);
  const experimentId = store.getExperimentByName("mine")?.experimentId ?? "";
  const [run] = store.searchRuns([experimentId], {}).items;
  expect(run?.data.params).toEqual({ lr: "1" });
  expect(readFileSync(join(journal, `damaged-1-${offset}`), "latin1")).toContain("####");

  // Told once as lost, from then on as kept.
  const again = await trackbook(folder, ["sync"]);
  expect(again.stderr).toContain("1 damaged record kept in .trackbook/spool/journal");
  expect(again.stderr).not.toContain("at byte");
});

test.each<readonly [what: string, spoil: (bytes: Buffer, from: number, to: number) => unknown]>([
  ["one bit of its payload's length", (bytes, from) => bytes.writeUInt8(bytes.readUInt8(from + 7) ^ 0x10, from + 7)],
  ["zeros over all of it", (bytes, from, to) => bytes.fill(0, from, to)],
])("a record that is damaged by %s costs nothing behind it", async (_what, hurt) => {
  const folder = temporaryFolder();
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  const end: Operation = { op: "updateRun", run: "ours", change: { status: "FINISHED", endTime: 5 } };
  const operations = [createRun("ours", "mine"), ...names.map((name) => param(name)), end];
  const { journal, log, places } = leftJournal(folder, operations);
  const offset = places[2] as number;
  spoil(log, (bytes) => hurt(bytes, offset, places[3] as number));

  const sent = await trackbook(folder, ["sync"]);
  expect(sent.code).toBe(1);
  expect(sent.stderr).toContain(`The record at byte ${offset} of ${log} is damaged`);
  expect(readFileSync(join(journal, `damaged-1-${offset}`))).toHaveLength((places[3] as number) - offset);
  const store = openTrackingStore(join(folder, "mlruns"));
  const [run] = store.searchRuns([store.getExperimentByName("mine")?.experimentId ?? ""], {}).items;
  expect(run?.info).toMatchObject({ status: "FINISHED", endTime: 5 });
  expect(Object.keys(run?.data.params ?? {}).sort()).toEqual(names.filter((name) => name !== "b"));
});

test("what a store refuses because its own file is corrupt names the run", async () => {
  const folder = temporaryFolder();
  const store = openTrackingStore(join(folder, "mlruns"));
  const experimentId = store.createExperiment("mine");
  const { info } = store.createRun({ experimentId, runName: "a", userId: "me", startTime: 1, tags: [] });
  writeFileSync(join(folder, "mlruns", experimentId, info.runId, "meta.yaml"), "no: [meta");
  const { journal } = leftJournal(folder, [{ op: "updateRun", run: info.runId, change: { status: "FINISHED" } }]);
  // It has been tried for long.
  const standstill = { at: { segment: 1, offset: 0 }, since: 1, tries: 5 };
  writeFileSync(join(journal, "standstill.json"), JSON.stringify(standstill));
  const { code, stderr } = await trackbook(folder, ["sync"]);
  expect(code).toBe(1);
  expect(stderr).toContain(`updateRun of run ${info.runId} was refused: `);
});

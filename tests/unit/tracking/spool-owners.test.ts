import { cpSync, existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { closeJournal, type JournalInfo, openJournal } from "../../../src/tracking/spool/journal-info";
import { findJournals } from "../../../src/tracking/spool";
import { temporaryFolder } from "../../support/temporary-folder";

let spool: string;
let folder: string;

beforeEach(() => {
  spool = temporaryFolder();
  folder = join(spool, "journal");
  openJournal(folder, "http://127.0.0.1:5000");
});

const written = (changes: Partial<JournalInfo>) => {
  const path = join(folder, "journal.json");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), ...changes }));
};
const writer = () => findJournals(spool)[0]?.writer;
const silentFor = (minutes: number) => {
  const then = new Date(Date.now() - minutes * 60_000);
  utimesSync(join(folder, "journal.json"), then, then);
};

test("a journal of this very process is in use, also when it is silent for a day", () => {
  silentFor(24 * 60);
  expect(writer()).toBe("here");
});

test.runIf(existsSync("/proc/self/stat"))("one of an earlier process with the same id is not", () => {
  written({ start: "1" });
  expect(writer()).toBe("nobody");
});

test("one of a process that is gone is free at once", () => {
  written({ pid: 2 ** 22 + 1 });
  expect(writer()).toBe("nobody");
});

test("one of another machine is free when its process has ended it, or was silent for an hour", () => {
  written({ host: "node-17", place: "node-17 pid:[4026531836]" });
  expect(writer()).toBe("elsewhere");
  silentFor(30);
  expect(writer()).toBe("elsewhere");
  silentFor(61);
  expect(writer()).toBe("nobody");
  silentFor(0);
  closeJournal(folder);
  expect(writer()).toBe("nobody");
});

test("a journal that was brought here is known from one that lies where it was written", () => {
  expect(findJournals(spool)).toMatchObject([{ isCopy: false }]);
  const other = temporaryFolder();
  cpSync(folder, join(other, "journal"), { recursive: true });
  expect(findJournals(other)).toMatchObject([{ isCopy: true }]);
});

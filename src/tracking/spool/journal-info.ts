import { readFileSync, statSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { replaceFile } from "../../core";
import { makeFolder } from "../../core/disk";
import { isProcessAlive, machineStart, processPlace, processStart } from "../../core/processes";

/** Whose a journal is. */
export interface JournalInfo {
  readonly version: 1;
  /** The tracking server that it is for. */
  readonly uri: string;
  /** The machine, as people know it. */
  readonly host: string;
  readonly pid: number;
  /** Where `pid` means something. */
  readonly place: string;
  /** When that process was begun, where the system says it. */
  readonly start: string;
  /** The number of the folder in its file system: a copy has another. */
  readonly folder: string;
  /** Its process has ended, and has said so. */
  readonly isClosed: boolean;
}

const INFO = "journal.json";

/** So often a process says that it still writes, in milliseconds … */
const HEARTBEAT = 5 * 60_000;
/** … and after so long without a word one of another machine is taken to be gone. */
const SILENCE = 60 * 60_000;

/** Makes the folder of a journal that this process is going to write. */
export function openJournal(folder: string, uri: string): void {
  makeFolder(folder);
  const info: JournalInfo = {
    version: 1,
    uri,
    host: hostname(),
    pid: process.pid,
    place: thisPlace(),
    start: processStart(process.pid),
    folder: folderNumber(folder),
    isClosed: false,
  };
  writeInfo(folder, info);
}

/** Says that this process writes it no more. */
export function closeJournal(folder: string): void {
  const info = readJournalInfo(folder);
  if (info) writeInfo(folder, { ...info, isClosed: true });
}

/** Says every few minutes that this process still writes it: machines that share the disk see nothing else of it. */
export function keepJournal(folder: () => string): void {
  const touch = (): void => {
    try {
      const now = new Date();
      utimesSync(join(folder(), INFO), now, now);
    } catch {
      // Nothing has been written yet, or it is gone.
    }
  };
  setInterval(touch, HEARTBEAT).unref();
}

/** `undefined` for a folder that is no journal. */
export function readJournalInfo(folder: string): JournalInfo | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, INFO), "utf8")) as JournalInfo;
  } catch {
    return undefined;
  }
}

/** Who writes a journal: a process of this machine that lives, perhaps one of another that was heard of within the hour, or nobody any more. */
export type JournalWriterPlace = "here" | "elsewhere" | "nobody";

export function writerOf(folder: string, { isClosed, place, pid, start }: JournalInfo): JournalWriterPlace {
  if (place === thisPlace()) return isProcessAlive(pid, start) ? "here" : "nobody";
  return isClosed || Date.now() - statSync(join(folder, INFO)).mtimeMs > SILENCE ? "nobody" : "elsewhere";
}

/** Whether the folder is not the one that its process has made. */
export const isCopy = (folder: string, info: JournalInfo): boolean => info.folder !== folderNumber(folder);

const folderNumber = (folder: string): string => String(statSync(folder, { bigint: true }).ino);

const thisPlace = (): string => `${processPlace()} ${machineStart()}`.trim();

const writeInfo = (folder: string, info: JournalInfo): void =>
  replaceFile(join(folder, INFO), `${JSON.stringify(info, null, 2)}\n`);

import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { randomUuid } from "../../core";
import { isCopy, type JournalInfo, type JournalWriterPlace, readJournalInfo, writerOf } from "./journal-info";

/** Where what is not on its server yet waits: `TRACKBOOK_SPOOL`, else `./.trackbook/spool`. */
export const spoolFolder = (): string => resolve(process.env.TRACKBOOK_SPOOL || join(".trackbook", "spool"));

/** A new name for the journal of this process; they sort by when they were begun. */
export const newJournalName = (): string =>
  `${new Date().toISOString().replace(/[-:.]/g, "")}-${process.pid}-${randomUuid().slice(0, 8)}`;

/** A journal in a spool. */
export interface FoundJournal {
  readonly name: string;
  readonly folder: string;
  readonly info: JournalInfo;
  readonly writer: JournalWriterPlace;
  /** It was brought here from where it was written. */
  readonly isCopy: boolean;
}

/** The journals in a spool, the oldest first. */
export function findJournals(spool: string): FoundJournal[] {
  if (!existsSync(spool)) return [];
  return readdirSync(spool)
    .sort()
    .flatMap((name) => {
      const folder = join(spool, name);
      const info = readJournalInfo(folder);
      if (!info) return [];
      return [{ name, folder, info, writer: writerOf(folder, info), isCopy: isCopy(folder, info) }];
    });
}

/** A folder as people are shown it: relative where it lies below the working directory. */
export function shortFolder(folder: string): string {
  const short = relative(process.cwd(), folder);
  return short === "" || short.startsWith("..") ? folder : short;
}

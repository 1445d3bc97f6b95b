import { existsSync, readdirSync } from "node:fs";
import { hostname } from "node:os";
import { join, relative, resolve } from "node:path";
import { randomUuid } from "../../core";
import { type JournalInfo, readJournalInfo } from "./journal";

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
  /** The process that writes it still lives. */
  readonly isInUse: boolean;
}

/** The journals in a spool, the oldest first. */
export function findJournals(spool: string): FoundJournal[] {
  if (!existsSync(spool)) return [];
  return readdirSync(spool)
    .sort()
    .flatMap((name) => {
      const folder = join(spool, name);
      const info = readJournalInfo(folder);
      return info ? [{ name, folder, info, isInUse: isAlive(info) }] : [];
    });
}

function isAlive({ host, pid }: JournalInfo): boolean {
  if (host !== hostname()) return false;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}

/** A folder as people are shown it: relative where it lies below the working directory. */
export function shortFolder(folder: string): string {
  const short = relative(process.cwd(), folder);
  return short === "" || short.startsWith("..") ? folder : short;
}

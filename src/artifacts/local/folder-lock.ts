import { readFileSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { errorCode, pause, publishFile, randomUuid } from "../../core";
import { makeFolder } from "../../core/disk";
import { isProcessAlive, processPlace } from "../../core/processes";
import { whenAborted } from "../../runtime";

/** Who holds a lock: what its file says. */
interface Holder {
  /** Another one for each time that the lock is taken. */
  readonly token: string;
  /** Where `pid` means something: the machine, and in it the container. */
  readonly place?: string;
  readonly pid?: number;
  readonly thread?: number;
}

/** Its name is one of a file that is not finished: listings and downloads leave it out. */
const LOCK_FILE = ".trackbook-lock.tmp";
/** After so long without a change a lock is taken to be left, whoever holds it: writes under a lock take milliseconds. */
const PATIENCE = 15_000;

/** Runs `act` while no other process and no other thread runs one under the lock of this folder, which is made when missing. */
export function whileLocked<T>(folder: string, act: () => T): T {
  const release = lock(folder);
  const cameBack = whenAborted(release);
  try {
    return act();
  } finally {
    cameBack();
    release();
  }
}

/** Takes the lock of a folder, which is made when missing, and returns what gives it back; `undefined` when somebody who lives has it. */
export function tryLock(folder: string): (() => void) | undefined {
  const file = prepare(folder);
  for (;;) {
    const release = take(file);
    if (release) return release;
    const holder = readHolder(file);
    if (holder && !isGone(holder)) return undefined;
    if (holder) removeLeft(file, holder);
  }
}

function lock(folder: string): () => void {
  const file = prepare(folder);
  let seen: string | undefined;
  let since = performance.now();
  for (;;) {
    const release = take(file);
    if (release) return release;
    const holder = readHolder(file);
    if (!holder) continue;
    if (holder.token !== seen) {
      seen = holder.token;
      since = performance.now();
    }
    if (isGone(holder) || performance.now() - since > PATIENCE) removeLeft(file, holder);
    else pause(1 + (process.pid % 4));
  }
}

function prepare(folder: string): string {
  makeFolder(folder);
  return join(folder, LOCK_FILE);
}

function take(file: string): (() => void) | undefined {
  const mine: Holder = { token: randomUuid(), place: processPlace(), pid: process.pid, thread: threadId };
  if (!publishFile(file, JSON.stringify(mine))) return undefined;
  return () => giveBack(file, mine);
}

/** What keeps us from it keeps nobody else waiting for long: the lock is then taken to be left. */
function giveBack(file: string, mine: Holder): void {
  try {
    if (readHolder(file)?.token === mine.token) remove(file);
  } catch {
    // The work itself is done, and a lock is no part of it.
  }
}

/**
 * Removes the lock of somebody who is gone. Several may see at once that it is left, and one of them may be slow: only who holds the claim to
 * this very token removes it, and only while it is still there.
 */
function removeLeft(file: string, holder: Holder): void {
  const claim = `${file.slice(0, -".tmp".length)}-${holder.token.replace(/\W/g, "_").slice(0, 64)}.tmp`;
  const release = take(claim);
  if (!release) {
    const other = readHolder(claim);
    if (other && isGone(other)) removeLeft(claim, other);
    else pause(1);
    return;
  }
  try {
    if (readHolder(file)?.token === holder.token) remove(file);
  } finally {
    release();
  }
}

/** Nobody of this thread can be under way with a lock that this thread asks for: a call that was interrupted has left it. */
function isGone({ place, pid, thread }: Holder): boolean {
  if (place !== processPlace() || pid === undefined) return false;
  if (pid === process.pid) return thread === threadId;
  return !isProcessAlive(pid);
}

/** `undefined` when nobody holds the lock. */
function readHolder(file: string): Holder | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return undefined;
    throw cause;
  }
  try {
    const holder = JSON.parse(text) as Holder;
    if (typeof holder.token === "string") return holder;
  } catch {
    // Not yet whole, on a file system without links, or damaged.
  }
  return { token: `unreadable-${text.length}` };
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch (cause) {
    if (errorCode(cause) !== "ENOENT") throw cause;
  }
}

import { appendFileSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../../core";
import type { Confirmed } from "../recording-store";
import { type Damage, firstPosition, type Position } from "./journal";
import type { JournalRecord } from "./operations";

/** Where a delivery stands still: since when, in milliseconds, and how often it has been tried. */
export interface Standstill {
  readonly at: Position;
  readonly since: number;
  readonly tries: number;
}

const DELIVERED = "delivered";
const CONFIRMED = "confirmed.jsonl";
const STANDSTILL = "standstill.json";

/** How far a journal has been delivered, and what has become of its ids; kept beside it. */
export class DeliveryState {
  readonly #folder: string;
  readonly #confirmed: Map<string, Confirmed>;
  #position: Position;
  #standstill: Standstill | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#position = readPosition(folder) ?? firstPosition(folder);
    this.#confirmed = new Map(readLines<[string, Confirmed]>(join(folder, CONFIRMED)));
    this.#standstill = readJson<Standstill>(join(folder, STANDSTILL));
  }

  get position(): Position {
    return this.#position;
  }

  set position(position: Position) {
    this.#position = position;
    replaceFile(join(this.#folder, DELIVERED), `${position.segment} ${position.offset}\n`);
    if (this.#standstill) rmSync(join(this.#folder, STANDSTILL), { force: true });
    this.#standstill = undefined;
  }

  get confirmed(): ReadonlyMap<string, Confirmed> {
    return this.#confirmed;
  }

  confirm(ours: string, theirs: Confirmed): void {
    this.#confirmed.set(ours, theirs);
    appendLine(join(this.#folder, CONFIRMED), [ours, theirs]);
  }

  /** Notes that what begins at the position could not be done, and returns since when it is so. */
  standStill(): Standstill {
    const at = this.#position;
    const before = this.#standstill;
    const isSame = before?.at.segment === at.segment && before.at.offset === at.offset;
    this.#standstill = isSame ? { ...before, tries: before.tries + 1 } : { at, since: Date.now(), tries: 1 };
    replaceFile(join(this.#folder, STANDSTILL), JSON.stringify(this.#standstill));
    return this.#standstill;
  }

  /** Keeps what the server has refused for good, and why. */
  reject(record: JournalRecord, reason: string): void {
    keepRefused(this.#folder, record, reason);
  }

  /** Keeps the bytes of what can be read no more; the file's name. */
  keepDamaged({ at: { segment, offset }, bytes }: Damage): string {
    const path = join(this.#folder, `${DAMAGED}${segment}-${offset}`);
    replaceFile(path, bytes);
    return path;
  }
}

const DAMAGED = "damaged-";

/** The files of what can be read no more of a journal. */
export const damagedFiles = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith(DAMAGED));

const REFUSED = "refused.jsonl";

/** A write that a server has refused for good, as the journal keeps it. */
interface RefusedLine {
  readonly operation: JournalRecord["operation"];
  readonly reason: string;
  /** The bytes behind the operation, in base64. */
  readonly payload?: string;
}

function keepRefused(folder: string, { operation, payload }: JournalRecord, reason: string): void {
  const bytes = payload.length > 0 ? { payload: payload.toString("base64") } : {};
  appendLine(join(folder, REFUSED), { operation, reason, ...bytes } satisfies RefusedLine);
}

/** What a server has refused of a journal. */
export const readRefused = (folder: string): JournalRecord[] =>
  readLines<RefusedLine>(join(folder, REFUSED)).map(({ operation, payload = "" }) => ({
    operation,
    payload: Buffer.from(payload, "base64"),
  }));

/** Forgets that it was refused. */
export const forgetRefused = (folder: string): void => rmSync(join(folder, REFUSED), { force: true });

function readPosition(folder: string): Position | undefined {
  try {
    const [segment, offset] = readFileSync(join(folder, DELIVERED), "utf8").trim().split(" ").map(Number);
    if (Number.isSafeInteger(segment) && Number.isSafeInteger(offset))
      return { segment: segment as number, offset: offset as number };
  } catch {
    // Nothing has been delivered.
  }
  return undefined;
}

/** On a line of its own, also behind one that was cut short. */
const appendLine = (path: string, value: unknown): void => appendFileSync(path, `\n${JSON.stringify(value)}\n`);

function readLines<T>(path: string): T[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as T];
    } catch {
      // Nothing, or cut short.
      return [];
    }
  });
}

function readJson<T>(path: string): T | undefined {
  return readLines<T>(path)[0];
}

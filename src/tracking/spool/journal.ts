import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { messages, StoreError } from "../../core";
import { makeFolder } from "../../core/disk";
import { HEAD, isCutShort, lengthAt, nextRecordIn, readRecord } from "./journal-records";
import { type JournalRecord, type Operation, PAYLOADS } from "./operations";

/** A segment is followed by another when it has become so long: what has been delivered can then be removed. */
const SEGMENT_BYTES = 16 * 1024 * 1024;
const SEGMENT = /^\d{6}\.log$/;

/** A place in a journal: everything before it has been delivered. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
}

/** Where a journal begins: what has been delivered of it may have been removed. */
export const firstPosition = (folder: string): Position => ({ segment: segmentsIn(folder)[0] ?? 1, offset: 0 });

function segmentsIn(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => SEGMENT.test(name));
  return names.map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b);
}

const segmentName = (segment: number): string => `${String(segment).padStart(6, "0")}.log`;

/**
 * The end of a journal: operations are appended to segment files behind those that are there, each record as the lengths of its two parts, the
 * operation as JSON, and the bytes behind it. What a process has handed to the operating system stays when the process dies; of a record cut short nobody reads anything.
 */
export class JournalWriter {
  readonly #folder: string;
  #segment: number;
  #size = 0;
  #descriptor: number | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    makeFolder(folder);
    this.#segment = segmentsIn(folder).at(-1) ?? 0;
  }

  /** Where the next record begins. */
  get end(): Position {
    if (this.#descriptor === undefined) return { segment: this.#segment + 1, offset: 0 };
    return { segment: this.#segment, offset: this.#size };
  }

  append(operation: Operation, payload: Uint8Array = NOTHING): void {
    const header = Buffer.from(JSON.stringify(operation), "utf8");
    const record = Buffer.allocUnsafe(HEAD + header.length + payload.length);
    record.writeUInt32LE(header.length, 0);
    record.writeUInt32LE(payload.length, 4);
    header.copy(record, HEAD);
    record.set(payload, HEAD + header.length);
    if (this.#descriptor === undefined || this.#size > SEGMENT_BYTES) this.#next();
    this.#write(this.#descriptor as number, record);
    this.#size += record.length;
  }

  /** All of it or, on a disk that is full, nothing: what is left of a long record would stand behind a shorter one. */
  #write(descriptor: number, record: Buffer): void {
    try {
      for (let written = 0; written < record.length; )
        written += writeSync(descriptor, record, written, record.length - written, this.#size + written);
    } catch (cause) {
      ftruncateSync(descriptor, this.#size);
      throw new StoreError(messages.notSpooled(this.#folder, (cause as Error).message), { cause });
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #next(): void {
    this.close();
    this.#segment += 1;
    this.#size = 0;
    this.#descriptor = openSync(join(this.#folder, segmentName(this.#segment)), "wx");
  }
}

const NOTHING = new Uint8Array(0);

/** What stands in a journal and is no record: a disk or a copy has spoiled it. */
export interface Damage {
  readonly at: Position;
  readonly file: string;
  readonly bytes: Buffer;
  readonly reason: string;
}

/** A record and where it ends. */
type ReadRecord = JournalRecord & { readonly end: Position };

const placeOf = ({ segment, offset }: Position): string => `${segment} ${offset}`;

/**
 * Reads a journal from a position on, also while it grows. What is damaged is passed over. Where a record cannot be read in a segment that grows
 * no more, it goes on with the next that can; in one that grows, the record may be half there.
 */
export class JournalReader {
  readonly #folder: string;
  readonly #isEnded: boolean;
  #position: Position;
  #chunk: Buffer = Buffer.alloc(0);
  /** Where in the segment the chunk begins. */
  #chunkStart = 0;
  readonly #damages = new Map<string, Damage>();
  readonly #settled = new Set<string>();

  /** `isEnded`: nobody writes the journal any more. */
  constructor(folder: string, from: Position, { isEnded = false }: { readonly isEnded?: boolean } = {}) {
    this.#folder = folder;
    this.#isEnded = isEnded;
    this.#position = from;
  }

  /** Where the next record begins. */
  get position(): Position {
    return this.#position;
  }

  /** What was passed over and is not settled yet. */
  get damages(): readonly Damage[] {
    return [...this.#damages.values()];
  }

  /** The damage has been kept: it is named no more, however often it is read. */
  settle({ at }: Damage): void {
    this.#damages.delete(placeOf(at));
    this.#settled.add(placeOf(at));
  }

  /** The next record and where it ends; `undefined` when there is none yet. */
  next(): ReadRecord | undefined {
    for (;;) {
      const record = this.#record(this.#isEnded);
      if (record) return record;
      const following = segmentsIn(this.#folder).find((segment) => segment > this.#position.segment);
      if (following === undefined && !this.#isEnded) return undefined;
      // A segment that has a successor grows no more; it may have grown between the two looks.
      const late = this.#nextInEnded(following === undefined);
      if (late || following === undefined) return late;
      this.#position = { segment: following, offset: 0 };
      this.#chunk = Buffer.alloc(0);
      this.#chunkStart = 0;
    }
  }

  /** The record at the position. One that is damaged is passed over if its lengths are true: another stands where it ends. */
  #record(isEnded: boolean): ReadRecord | undefined {
    for (;;) {
      const head = this.#bytes(HEAD + 1);
      const length = head && lengthAt(head, 0);
      const bytes = length === undefined ? undefined : this.#bytes(length);
      if (!bytes || length === undefined) return undefined;
      const read = readRecord(bytes);
      if ("operation" in read) {
        if (isEnded && this.#hasSwallowed(read, length)) return undefined;
        this.#position = { ...this.#position, offset: this.#position.offset + length };
        return { ...read, end: this.#position };
      }
      const damaged = Buffer.from(bytes);
      if (!this.#isFollowed(length)) return undefined;
      this.#passOver(damaged, read.reason);
    }
  }

  /** The next record of a segment that grows no more, however far it is to it. */
  #nextInEnded(isLast: boolean): ReadRecord | undefined {
    for (;;) {
      const record = this.#record(true);
      if (record) return record;
      const rest = this.#rest();
      if (!rest) return undefined;
      const behind = nextRecordIn(rest, 1);
      if (behind === undefined && isLast && isCutShort(rest)) return undefined;
      this.#passOver(Buffer.from(rest.subarray(0, behind)), "where it ends cannot be read");
    }
  }

  /** Whether a record of so many bytes ends where the next begins, or nothing more is. */
  #isFollowed(length: number): boolean {
    const behind = this.#bytes(length + HEAD + 1);
    return behind === undefined || lengthAt(behind, length) !== undefined;
  }

  /** Whether the bytes behind an operation are said to be so many that other records are among them. */
  #hasSwallowed({ operation }: JournalRecord, length: number): boolean {
    if (PAYLOADS[operation.op] !== "bytes" || this.#isFollowed(length)) return false;
    const rest = this.#rest();
    return rest !== undefined && (nextRecordIn(rest, 1) ?? length) < length;
  }

  #rest(): Buffer | undefined {
    const { segment, offset } = this.#position;
    const size = statSync(join(this.#folder, segmentName(segment)), { throwIfNoEntry: false })?.size ?? 0;
    return size > offset ? this.#bytes(size - offset) : undefined;
  }

  #passOver(bytes: Buffer, reason: string): void {
    const at = this.#position;
    const file = join(this.#folder, segmentName(at.segment));
    const place = placeOf(at);
    if (!this.#settled.has(place)) this.#damages.set(place, { at, file, bytes, reason });
    this.#position = { ...at, offset: at.offset + bytes.length };
  }

  /** Goes back to where a record began. */
  rewind(position: Position): void {
    if (position.segment !== this.#position.segment) this.#chunk = Buffer.alloc(0);
    this.#position = position;
  }

  /** Removes the segments before a position. */
  discardBefore({ segment }: Position): void {
    for (const other of segmentsIn(this.#folder))
      if (other < segment) rmSync(join(this.#folder, segmentName(other)), { force: true });
  }

  #bytes(length: number): Buffer | undefined {
    const from = this.#position.offset - this.#chunkStart;
    if (from >= 0 && from + length <= this.#chunk.length) return this.#chunk.subarray(from, from + length);
    if (!this.#read(Math.max(length, READ_AHEAD))) return undefined;
    if (length <= this.#chunk.length) return this.#chunk.subarray(0, length);
    // What there is of a record that is not whole may be taken back by its writer.
    this.#chunk = Buffer.alloc(0);
    return undefined;
  }

  #read(wanted: number): boolean {
    const path = join(this.#folder, segmentName(this.#position.segment));
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const length = Math.min(wanted, size - this.#position.offset);
    if (length <= 0) return false;
    const chunk = Buffer.allocUnsafe(length);
    const descriptor = openSync(path, "r");
    try {
      const read = readSync(descriptor, chunk, 0, length, this.#position.offset);
      this.#chunk = chunk.subarray(0, read);
    } finally {
      closeSync(descriptor);
    }
    this.#chunkStart = this.#position.offset;
    return true;
  }
}

const READ_AHEAD = 1024 * 1024;

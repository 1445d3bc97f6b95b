import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { replaceFile } from "../../../core";
import { makeFolder } from "../../../core/disk";
import { ARRAY_COUNTS, type RunArrays, RunColumns } from "./run-columns";

/**
 * A snapshot's file: magic, checksum of the rest, the lengths of all arrays, then the arrays from the widest numbers to
 * bytes, so that each begins where its type may. Numbers as this machine has them: the file never leaves it.
 * The last character of the magic is the version: it changes with anything in the file or in what it means.
 */
const MAGIC = "tbruns\0\x01";
const CHECKSUM_AT = MAGIC.length;
const LENGTHS_AT = CHECKSUM_AT + 4;
const ARRAYS = ARRAY_COUNTS.floats + ARRAY_COUNTS.words + ARRAY_COUNTS.bytes;
const HEADER = Math.ceil((LENGTHS_AT + ARRAYS * 4) / 8) * 8;

/** The runs in a snapshot's file; `undefined` when there is none, or what there is was not written whole by this version. */
export function loadSnapshot(path: string): RunColumns | undefined {
  try {
    return decodeSnapshot(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** Writes a snapshot's file whole, in the place of an old one. `false` when it cannot be written. */
export function saveSnapshot(path: string, columns: RunColumns): boolean {
  try {
    makeFolder(dirname(path), 0o700);
    replaceFile(path, encodeSnapshot(columns.arrays()));
    return true;
  } catch {
    return false;
  }
}

function encodeSnapshot({ floats, words, bytes }: RunArrays): Buffer {
  const arrays = [...floats, ...words, ...bytes];
  const header = Buffer.alloc(HEADER);
  header.write(MAGIC, "latin1");
  for (const [index, { length }] of arrays.entries()) header.writeUInt32LE(length, LENGTHS_AT + index * 4);
  const file = Buffer.concat([
    header,
    ...arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  ]);
  file.writeUInt32LE(crc32(file.subarray(LENGTHS_AT)), CHECKSUM_AT);
  return file;
}

function decodeSnapshot(file: Buffer): RunColumns | undefined {
  if (file.length < HEADER || file.toString("latin1", 0, CHECKSUM_AT) !== MAGIC) return undefined;
  if (file.readUInt32LE(CHECKSUM_AT) !== crc32(file.subarray(LENGTHS_AT))) return undefined;
  const lengths = Array.from({ length: ARRAYS }, (_, index) => file.readUInt32LE(LENGTHS_AT + index * 4));
  let at = file.byteOffset + HEADER;
  const take = <A>(type: ArrayType<A>, length: number): A => {
    const array = new type(file.buffer as ArrayBuffer, at, length);
    at += length * type.BYTES_PER_ELEMENT;
    return array;
  };
  const floats = lengths.splice(0, ARRAY_COUNTS.floats).map((length) => take(Float64Array, length));
  const words = lengths.splice(0, ARRAY_COUNTS.words).map((length) => take(Uint32Array, length));
  return new RunColumns({ floats, words, bytes: lengths.map((length) => take(Uint8Array, length)) });
}

interface ArrayType<A> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): A;
}

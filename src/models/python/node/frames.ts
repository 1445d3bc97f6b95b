/**
 * One message between Python and Node, either way: JSON, and blocks of bytes that it refers to by number. On the pipe: `TBK1`, the length of the
 * JSON (32 bits, little-endian), the JSON, the blocks. The JSON is `{"blocks": [length, …], "body": …}`.
 */
export interface Frame {
  readonly body: unknown;
  readonly blocks: readonly Uint8Array[];
}

/** The JSON of a message. */
interface Envelope {
  readonly blocks: readonly number[];
  readonly body: unknown;
}

const MAGIC = Buffer.from("TBK1");
const PREFIX = MAGIC.length + 4;

/** The bytes of a message, in pieces. */
export function encodeFrame({ body, blocks }: Frame): readonly Uint8Array[] {
  const json = Buffer.from(JSON.stringify({ blocks: blocks.map((block) => block.byteLength), body }));
  const prefix = Buffer.alloc(PREFIX);
  MAGIC.copy(prefix);
  prefix.writeUInt32LE(json.length, MAGIC.length);
  return [prefix, json, ...blocks];
}

/** Puts messages together from what a pipe gives. */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #held = 0;
  #envelope: Envelope | undefined;
  #jsonLength: number | undefined;

  /** The messages that are whole with this chunk. Each block has memory of its own. */
  add(chunk: Uint8Array): readonly Frame[] {
    this.#chunks.push(chunk);
    this.#held += chunk.byteLength;
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Frame | undefined {
    if (this.#jsonLength === undefined) {
      if (this.#held < PREFIX) return undefined;
      const prefix = Buffer.from(this.#take(PREFIX));
      if (!prefix.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error("what came on stdin is no message");
      this.#jsonLength = prefix.readUInt32LE(MAGIC.length);
    }
    if (this.#envelope === undefined) {
      if (this.#held < this.#jsonLength) return undefined;
      this.#envelope = JSON.parse(Buffer.from(this.#take(this.#jsonLength)).toString()) as Envelope;
    }
    const { blocks, body } = this.#envelope;
    if (this.#held < blocks.reduce((sum, length) => sum + length, 0)) return undefined;
    this.#envelope = undefined;
    this.#jsonLength = undefined;
    return { body, blocks: blocks.map((length) => this.#take(length)) };
  }

  #take(length: number): Uint8Array {
    const taken = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const [first] = this.#chunks as [Uint8Array];
      const part = first.subarray(0, length - filled);
      taken.set(part, filled);
      filled += part.byteLength;
      if (part.byteLength === first.byteLength) this.#chunks.shift();
      else this.#chunks[0] = first.subarray(part.byteLength);
    }
    this.#held -= length;
    return taken;
  }
}

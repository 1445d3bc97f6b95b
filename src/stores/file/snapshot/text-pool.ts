import { isAscii } from "node:buffer";

/** Texts by number. Those that came from a file stay undecoded until somebody asks for them. */
export class TextPool {
  readonly #bytes: Buffer;
  /** Where each stored text ends in the bytes. */
  readonly #ends: Uint32Array;
  readonly #texts: (string | undefined)[];
  readonly #added = new Map<string, number>();
  #stored: ReadonlyMap<string, number> | undefined;
  /** All stored texts as one, where a byte is a character: to cut a text out takes a tenth of the time of decoding it. */
  #whole: string | false | undefined;

  constructor(bytes: Uint8Array = new Uint8Array(0), ends: Uint32Array = new Uint32Array(0)) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#ends = ends;
    this.#texts = new Array(ends.length);
  }

  get(id: number): string {
    this.#texts[id] ??= this.#decode(id === 0 ? 0 : (this.#ends[id - 1] as number), this.#ends[id] as number);
    return this.#texts[id] as string;
  }

  #decode(start: number, end: number): string {
    this.#whole ??= isAscii(this.#bytes) && this.#bytes.toString("latin1");
    return this.#whole === false ? this.#bytes.toString("utf8", start, end) : this.#whole.slice(start, end);
  }

  /** The number of a text that may be new. One that came from a file can get a second number: finding it costs more than keeping it twice. */
  add(text: string): number {
    const known = this.#added.get(text);
    if (known !== undefined) return known;
    this.#added.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  /** The number of a text; `undefined` when it has none. Decodes everything the first time. */
  find(text: string): number | undefined {
    this.#stored ??= new Map(Array.from(this.#ends, (_, id) => [this.get(id), id]));
    return this.#stored.get(text) ?? this.#added.get(text);
  }

  /** The bytes and ends of all texts, for the constructor. */
  encode(): { bytes: Uint8Array; ends: Uint32Array } {
    const added = Array.from(this.#added.keys(), (text) => Buffer.from(text));
    const ends = new Uint32Array(this.#texts.length);
    ends.set(this.#ends);
    let end = this.#bytes.length;
    added.forEach((bytes, index) => {
      end += bytes.length;
      ends[this.#ends.length + index] = end;
    });
    return { bytes: Buffer.concat([this.#bytes, ...added]), ends };
  }
}

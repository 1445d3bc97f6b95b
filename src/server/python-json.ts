import { messages } from "../core";
import { RefusedRequest } from "./refused-request";

/** Levels of nesting that are followed. */
const MAX_DEPTH = 1000;
/** A longer number is beyond every integer type, and slow to read as a bigint. */
const MAX_DIGITS = 400;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;
const WORD = /true|false|null|NaN|-?Infinity/y;

const WORDS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/**
 * JSON as Python writes and reads it: with the words `NaN`, `Infinity` and `-Infinity`, and integers of any size, which become
 * bigints where a number would not hold them. Much slower than `JSON.parse`.
 *
 * @throws SyntaxError
 */
export function parsePythonJson(text: string): unknown {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new RefusedRequest(messages.nestedTooDeep(MAX_DEPTH));
    this.#match(SPACE);
    const first = this.#text[this.#at];
    if (first === "{") return this.#object(depth);
    if (first === "[") return this.#list(depth);
    if (first === '"') return this.#string();
    const word = this.#match(WORD);
    if (word) return WORDS[word[0]];
    const number = this.#match(NUMBER);
    return number ? numberOf(number) : this.#fail();
  }

  end(): void {
    this.#match(SPACE);
    if (this.#at < this.#text.length) this.#fail();
  }

  #object(depth: number): unknown {
    const entries: [string, unknown][] = [];
    this.#at++;
    if (this.#takes("}")) return {};
    do {
      this.#match(SPACE);
      const name = this.#string();
      if (!this.#takes(":")) this.#fail();
      entries.push([name, this.value(depth + 1)]);
    } while (this.#takes(","));
    if (!this.#takes("}")) this.#fail();
    return Object.fromEntries(entries);
  }

  #list(depth: number): unknown {
    const items: unknown[] = [];
    this.#at++;
    if (this.#takes("]")) return items;
    do items.push(this.value(depth + 1));
    while (this.#takes(","));
    if (!this.#takes("]")) this.#fail();
    return items;
  }

  /** The escapes are JSON's own business. */
  #string(): string {
    const found = this.#match(STRING);
    return found ? (JSON.parse(found[0]) as string) : this.#fail();
  }

  #takes(character: string): boolean {
    this.#match(SPACE);
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  #fail(): never {
    const found = this.#text[this.#at];
    throw new SyntaxError(
      found === undefined ? "it ends too early" : `unexpected ${JSON.stringify(found)} at position ${this.#at}`,
    );
  }
}

function numberOf([text, fraction, exponent]: RegExpExecArray): number | bigint {
  const number = Number(text);
  const isWhole = fraction === undefined && exponent === undefined;
  return isWhole && !Number.isSafeInteger(number) && text.length <= MAX_DIGITS ? BigInt(text) : number;
}

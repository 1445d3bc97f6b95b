export type TokenKind = "word" | "string" | "name" | "number" | "operator" | "punctuation" | "end";

/** A piece of a filter or of an order-by item. */
export interface Token {
  /** `string` is in single or double quotes, `name` in back-ticks; a `word` may hold dots. */
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** Without its quotes, doubled ones made single. */
  readonly value: string;
  /** Offset of its first character. */
  readonly start: number;
  /** Offset after its last character. */
  readonly end: number;
}

/** Where no token can be read, and why. */
export interface TokenProblem {
  readonly start: number;
  readonly what: string;
  readonly hint?: string;
}

const SPACE = /\s+/y;
// No two quantifiers side by side can share digits: else a long run of digits takes quadratic time.
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_.])/uy;
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.]*/uy;
const OPERATOR = /[<>=!~]+/y;
const PUNCTUATION = /[(),.]/y;

/** Cuts `text` into tokens, the last of kind `end`. Linear in its length. */
export function tokenize(text: string, fail: (problem: TokenProblem) => never): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(text)?.[0];
  };
  const push = (kind: TokenKind, written: string, value = written): void => {
    tokens.push({ kind, text: written, value, start: position, end: position + written.length });
    position += written.length;
  };

  for (;;) {
    position += match(SPACE)?.length ?? 0;
    if (position >= text.length) break;
    const character = text[position] as string;
    if (character === "'" || character === '"' || character === "`") {
      const end = closingQuote(text, position);
      if (end === undefined) {
        fail({
          start: position,
          what: `the quote ${character} is never closed`,
          hint: "a quote inside a text is written twice, or the text goes into the other kind of quotes.",
        });
      }
      const written = text.slice(position, end);
      const value = written.slice(1, -1).replaceAll(character + character, character);
      push(character === "`" ? "name" : "string", written, value);
      continue;
    }
    const number = match(NUMBER);
    if (number !== undefined) {
      push("number", number);
      continue;
    }
    const word = match(WORD);
    if (word !== undefined) {
      push("word", word);
      continue;
    }
    const operator = match(OPERATOR);
    if (operator !== undefined) {
      push("operator", operator);
      continue;
    }
    const punctuation = match(PUNCTUATION);
    if (punctuation !== undefined) {
      push("punctuation", punctuation);
      continue;
    }
    fail({
      start: position,
      what: `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(position) as number))}`,
      hint: hintFor(text.slice(position, position + 2)),
    });
  }
  tokens.push({ kind: "end", text: "", value: "", start: text.length, end: text.length });
  return tokens;
}

/** What programmers write by habit, and what the filter language has for it. */
const HABITS: Readonly<Record<string, string>> = { "&&": "AND", "||": "OR", "==": "=" };

function hintFor(text: string): string {
  const meant = HABITS[text];
  if (meant) return `${text} is ${meant} here.`;
  return "a name with other characters than letters, digits, _ and . goes into back-ticks: metrics.`val/loss`.";
}

/** Offset after the quote that closes the one at `start`; a doubled quote does not close. */
function closingQuote(text: string, start: number): number | undefined {
  const mark = text[start] as string;
  for (let from = start + 1; ; ) {
    const at = text.indexOf(mark, from);
    if (at < 0) return undefined;
    if (text[at + 1] !== mark) return at + 1;
    from = at + 2;
  }
}

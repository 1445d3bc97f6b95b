import { InvalidInputError, nearest, type Problem } from "../../core";
import type { EntityKind } from "./expression";
import { ENTITY_NAMES, type Field, type SearchTable } from "./search-table";
import { tokenize, type Token } from "./tokenizer";

/** A key as the table knows it, and where it stood. */
export interface ResolvedKey<T> {
  readonly entity: EntityKind;
  readonly field: Field<T>;
  readonly start: number;
  /** As an error shows it. */
  readonly text: string;
}

/** How an error of the text being read is told: by `messages.badFilter` or `messages.badOrderBy`. */
export type ProblemOf = (what: string, accepted?: string, hint?: string) => Problem;

/** Reads the tokens of a filter or an order-by item from left to right. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #problemOf: ProblemOf;
  #index = 0;

  constructor(text: string, problemOf: ProblemOf) {
    this.#problemOf = problemOf;
    this.#tokens = tokenize(text, ({ start, what, hint }) => this.fail(start, what, undefined, hint));
  }

  peek(): Token {
    return this.#tokens[this.#index] as Token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== "end") this.#index++;
    return token;
  }

  /** Takes the next token if it is this word, in any case. */
  takeWord(word: string): boolean {
    const token = this.peek();
    const taken = token.kind === "word" && token.text.toUpperCase() === word;
    if (taken) this.#index++;
    return taken;
  }

  takePunctuation(text: string): boolean {
    const token = this.peek();
    const taken = token.kind === "punctuation" && token.text === text;
    if (taken) this.#index++;
    return taken;
  }

  /** Throws the error of what stands at offset `start`. */
  fail(start: number, what: string, accepted?: string, hint?: string): never {
    throw new InvalidInputError(this.#problemOf(`${what}, at character ${start + 1}.`, accepted, hint));
  }

  failAt(token: Token, expected: string, hint?: string): never {
    return this.fail(
      token.start,
      token.kind === "end" ? "it ends too early" : `unexpected ${show(token.text)}`,
      expected,
      hint,
    );
  }

  /** Reads `[entity.]name` and looks it up. */
  readKey<T>(table: SearchTable<T>): ResolvedKey<T> {
    const first = this.next();
    if (first.kind !== "word" && first.kind !== "name" && first.text[0] !== '"')
      this.failAt(first, "a key such as metrics.loss, params.lr, tags.team or start_time");
    const [entity, name] = this.#readParts(first);
    const text = entity === undefined ? name : `${entity}.${name}`;
    const kind = this.#entityKind(table, first, entity);
    const entityTable = table.entities[kind];
    const field = entityTable?.field(name);
    if (field === undefined) {
      const keys = entityTable?.keys ?? [];
      const candidates = entity === undefined ? keys : keys.map((key) => `${entity}.${key}`);
      this.fail(
        first.start,
        `there is no ${kind} ${show(name)}`,
        keys.join(", "),
        this.#hint(name, text, entity, candidates),
      );
    }
    return { entity: kind, field, start: first.start, text: show(text) };
  }

  #readParts(first: Token): [entity: string | undefined, name: string] {
    if (first.kind !== "word") {
      const dot = this.peek();
      if (dot.start === first.end && dot.text === ".") return [first.value, this.#readName(this.next())];
      // MLflow reads `metrics.loss` DESC, the whole key in quotes, as metrics.loss DESC.
      const inside = first.value.indexOf(".");
      return inside < 0 ? [undefined, first.value] : [first.value.slice(0, inside), first.value.slice(inside + 1)];
    }
    const dot = first.text.indexOf(".");
    if (dot < 0) return [undefined, first.text];
    const entity = first.text.slice(0, dot);
    return [entity, dot === first.text.length - 1 ? this.#readName(first) : first.text.slice(dot + 1)];
  }

  /** The name that stands right behind the dot that ends `before`. */
  #readName(before: Token): string {
    const token = this.peek();
    const isName = token.kind === "word" || token.kind === "name" || token.kind === "string";
    if (token.start !== before.end || !isName)
      this.fail(
        before.end,
        "a name is missing behind the dot",
        "letters, digits, _ and dots, or any name in back-ticks",
      );
    return this.next().value;
  }

  #entityKind<T>(table: SearchTable<T>, token: Token, name: string | undefined): EntityKind {
    if (name === undefined) return "attribute";
    const kind = ENTITY_NAMES.get(name);
    if (kind !== undefined && table.entities[kind] !== undefined) return kind;
    const accepted = [...ENTITY_NAMES].filter(([, known]) => table.entities[known]).map(([known]) => known);
    const near = nearest(name, accepted);
    return this.fail(
      token.start,
      `${show(name)} names nothing that can be searched here`,
      accepted.join(", "),
      near && didYouMean(near),
    );
  }

  #hint(name: string, text: string, entity: string | undefined, candidates: readonly string[]): string {
    const near = nearest(text, candidates);
    if (near !== undefined) return didYouMean(near);
    return entity === undefined
      ? `a metric, param or tag is written with its kind: metrics.${show(name, "`")}.`
      : "tags, params and metrics may have any name.";
  }
}

const didYouMean = (word: string): string => `did you mean "${word}"?`;

/** A piece of the text as an error shows it: quoted and short. */
function show(text: string, mark = '"'): string {
  return mark + (text.length > 60 ? `${text.slice(0, 59)}…` : text) + mark;
}

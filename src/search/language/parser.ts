import { InvalidInputError, messages } from "../../core";
import type { Comparison, ComparisonValue, Expression, ListOperator, Operator } from "./expression";
import type { Field, SearchTable } from "./search-table";
import { type ResolvedKey, TokenReader } from "./token-reader";

/** How deep parentheses and NOT may nest. */
const MAX_NESTING = 100;
/** How many clauses a filter may have; long lists belong into IN. */
const MAX_CLAUSES = 1000;
/** How long a pattern may be, in characters; SQLite takes 50,000 bytes. */
const MAX_PATTERN = 10_000;

/** The filter that everything passes. */
const EVERYTHING: Expression = { kind: "and", operands: [] };

/**
 * Parses a filter over the keys of `table`. MLflow's language, and as a superset OR, NOT and parentheses; NOT binds
 * tighter than AND, AND tighter than OR, and as in MLflow clauses that stand side by side are joined by AND.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE, saying what stands where, and what would be accepted.
 */
export function parseFilter<T>(text: string | undefined, table: SearchTable<T>): Expression {
  if (text === undefined || text === null) return EVERYTHING;
  if (typeof text !== "string")
    throw new InvalidInputError(
      messages.wrongType("The filter", text, "a string", 'filter: "metrics.loss < 0.2" is right.'),
    );
  return new FilterParser(text, table).parse();
}

class FilterParser<T> {
  readonly #reader: TokenReader;
  readonly #table: SearchTable<T>;
  #clauses = 0;

  constructor(text: string, table: SearchTable<T>) {
    this.#table = table;
    this.#reader = new TokenReader(text, (what, accepted, hint) => messages.badFilter(text, what, accepted, hint));
  }

  parse(): Expression {
    if (this.#reader.peek().kind === "end") return EVERYTHING;
    const expression = this.#parseDisjunction(0);
    const rest = this.#reader.peek();
    if (rest.kind !== "end") this.#reader.failAt(rest, "AND, OR or another clause");
    return expression;
  }

  #parseDisjunction(depth: number): Expression {
    const operands = [this.#parseConjunction(depth)];
    while (this.#reader.takeWord("OR")) operands.push(this.#parseConjunction(depth));
    return operands.length === 1 ? (operands[0] as Expression) : { kind: "or", operands };
  }

  #parseConjunction(depth: number): Expression {
    const operands: Expression[] = [];
    do {
      // MLflow ignores an AND that joins nothing.
      while (this.#reader.takeWord("AND"));
      if (operands.length > 0 && this.#isAtEndOfConjunction()) break;
      operands.push(this.#parseNegation(depth));
    } while (!this.#isAtEndOfConjunction());
    return operands.length === 1 ? (operands[0] as Expression) : { kind: "and", operands };
  }

  #isAtEndOfConjunction(): boolean {
    const { kind, text } = this.#reader.peek();
    return (
      kind === "end" || (kind === "punctuation" && text !== "(") || (kind === "word" && text.toUpperCase() === "OR")
    );
  }

  #parseNegation(depth: number): Expression {
    const start = this.#reader.peek().start;
    if (depth > MAX_NESTING)
      this.#reader.fail(start, "parentheses and NOT are nested too deep", `at most ${MAX_NESTING} levels`);
    if (this.#reader.takeWord("NOT")) return { kind: "not", operand: this.#parseNegation(depth + 1) };
    if (!this.#reader.takePunctuation("(")) return this.#parseComparison();
    const expression = this.#parseDisjunction(depth + 1);
    if (!this.#reader.takePunctuation(")"))
      this.#reader.failAt(this.#reader.peek(), `the ) that closes the ( at character ${start + 1}`);
    return expression;
  }

  #parseComparison(): Comparison {
    if (++this.#clauses > MAX_CLAUSES) {
      const hint = "many values of one key go into a list: run_id IN ('a', 'b').";
      this.#reader.fail(this.#reader.peek().start, "the filter has too many clauses", `at most ${MAX_CLAUSES}`, hint);
    }
    const key = this.#reader.readKey(this.#table);
    const operator = this.#readOperator(key);
    const value = this.#readValue(operator, key.field);
    return {
      kind: "comparison",
      entity: key.entity,
      key: key.field.key,
      operator,
      ...(value !== undefined && { value }),
    };
  }

  #readOperator({ field, text, start }: ResolvedKey<T>): Operator {
    if (field.operators.length === 0) this.#reader.fail(start, `${text} can be ordered by, but not filtered by`);
    const token = this.#reader.peek();
    const accepted = field.operators.join(", ");
    const operator = this.#takeOperator();
    if (operator === undefined)
      this.#reader.failAt(token, accepted, token.text === "==" ? 'equality is written "=".' : undefined);
    if (!field.operators.includes(operator))
      this.#reader.fail(token.start, `${text} cannot be compared by ${operator}`, accepted);
    return operator;
  }

  #takeOperator(): Operator | undefined {
    const reader = this.#reader;
    if (reader.peek().kind === "operator")
      return SYMBOLS.has(reader.peek().text) ? (reader.next().text as Operator) : undefined;
    if (reader.takeWord("LIKE")) return "LIKE";
    if (reader.takeWord("ILIKE")) return "ILIKE";
    if (reader.takeWord("IN")) return "IN";
    if (reader.takeWord("NOT")) return reader.takeWord("IN") ? "NOT IN" : undefined;
    if (!reader.takeWord("IS")) return undefined;
    const isNegated = reader.takeWord("NOT");
    if (!reader.takeWord("NULL")) return undefined;
    return isNegated ? "IS NOT NULL" : "IS NULL";
  }

  #readValue(operator: Operator, field: Field<T>): ComparisonValue {
    if (operator === "IS NULL" || operator === "IS NOT NULL") return undefined;
    if (isListOperator(operator)) return this.#readList();
    if (operator === "LIKE" || operator === "ILIKE") return this.#readPattern();
    if (field.type === "text") return this.#readText();
    const token = this.#reader.next();
    if (token.kind !== "number")
      this.#reader.failAt(
        token,
        "a number without quotes",
        token.kind === "string" ? "take the quotes away." : undefined,
      );
    if (field.type === "integer" && !/^-?\d+$/.test(token.text))
      this.#reader.failAt(token, "a whole number without exponent");
    return Number(token.text);
  }

  #readPattern(): string {
    const { start } = this.#reader.peek();
    const pattern = this.#readText();
    if (pattern.length > MAX_PATTERN)
      this.#reader.fail(start, "the pattern is too long", `at most ${MAX_PATTERN} characters`);
    return pattern;
  }

  #readText(): string {
    const token = this.#reader.next();
    if (token.kind !== "string")
      this.#reader.failAt(
        token,
        "a text in quotes",
        token.kind === "end" ? undefined : `put it in quotes: '${token.value.slice(0, 60)}'.`,
      );
    return token.value;
  }

  #readList(): readonly string[] {
    const reader = this.#reader;
    if (!reader.takePunctuation("(")) reader.failAt(reader.peek(), "a list in parentheses: ('a', 'b')");
    const texts = [this.#readText()];
    while (reader.takePunctuation(",")) {
      // As in Python's tuples, a comma may stand behind the last text.
      if (reader.peek().text === ")") break;
      texts.push(this.#readText());
    }
    if (!reader.takePunctuation(")")) reader.failAt(reader.peek(), "a comma or the ) that closes the list");
    return texts;
  }
}

const SYMBOLS: ReadonlySet<string> = new Set(["=", "!=", ">", ">=", "<", "<="]);

const isListOperator = (operator: Operator): operator is ListOperator => operator === "IN" || operator === "NOT IN";

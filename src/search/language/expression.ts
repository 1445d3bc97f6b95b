/** What a clause speaks of, under the one name that all of MLflow's aliases (`metrics`, `parameter`, `attr`, …) stand for. */
export type EntityKind = "attribute" | "metric" | "param" | "tag" | "dataset";

export type NumberOperator = "=" | "!=" | ">" | ">=" | "<" | "<=";
export type TextOperator = "=" | "!=" | "LIKE" | "ILIKE";
export type ListOperator = "IN" | "NOT IN";
export type PresenceOperator = "IS NULL" | "IS NOT NULL";
export type Operator = NumberOperator | TextOperator | ListOperator | PresenceOperator;

/** What a clause compares with: a number, a text, the list of IN, or nothing (IS NULL). */
export type ComparisonValue = number | string | readonly string[] | undefined;

/** One clause, its key resolved: `attr.created > 5` is `{entity: "attribute", key: "start_time", operator: ">", value: 5}`. */
export interface Comparison {
  readonly kind: "comparison";
  readonly entity: EntityKind;
  readonly key: string;
  readonly operator: Operator;
  readonly value?: ComparisonValue;
}

/** True when every operand is; with no operand (the empty filter) always true. */
export interface Conjunction {
  readonly kind: "and";
  readonly operands: readonly Expression[];
}

/** True when some operand is. */
export interface Disjunction {
  readonly kind: "or";
  readonly operands: readonly Expression[];
}

/** True when its operand is not; a clause over a missing key is false, so its negation is true. */
export interface Negation {
  readonly kind: "not";
  readonly operand: Expression;
}

/** A filter as plain data: what `searchRuns` evaluates and what a SQL store compiles. */
export type Expression = Comparison | Conjunction | Disjunction | Negation;

/**
 * The filter text of `expression`; parsing it gives an equal expression.
 *
 * @example
 * formatExpression(parseRunFilter("metric.loss<1 tag.a='b'")); // metric.`loss` < 1 AND tag.`a` = 'b'
 */
export function formatExpression(expression: Expression): string {
  switch (expression.kind) {
    case "comparison":
      return formatComparison(expression);
    case "not":
      return `NOT ${formatOperand(expression.operand)}`;
    default:
      return expression.operands.map(formatOperand).join(expression.kind === "and" ? " AND " : " OR ");
  }
}

function formatOperand(expression: Expression): string {
  const text = formatExpression(expression);
  return expression.kind === "and" || expression.kind === "or" ? `(${text})` : text;
}

function formatComparison({ entity, key, operator, value }: Comparison): string {
  const clause = `${entity}.${quote("`", key)} ${operator}`;
  if (value === undefined) return clause;
  if (typeof value === "number") return `${clause} ${formatNumber(value)}`;
  if (typeof value === "string") return `${clause} ${quote("'", value)}`;
  return `${clause} (${value.map((text) => quote("'", text)).join(", ")})`;
}

function formatNumber(value: number): string {
  if (Object.is(value, -0)) return "-0";
  // The language has no word for infinity; a literal beyond the range of doubles is read as one.
  if (!Number.isFinite(value)) return value < 0 ? "-1e999" : "1e999";
  return String(value);
}

const quote = (mark: string, text: string): string => mark + text.replaceAll(mark, mark + mark) + mark;

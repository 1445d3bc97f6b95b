import type { Comparison, Expression } from "./expression";
import { compileLike } from "./like-pattern";
import { fieldOf, type FieldValue, type SearchTable } from "./search-table";

export type Predicate<T> = (item: T) => boolean;

/**
 * `expression` as a test of one item. A clause over a key that the item lacks is false, `!=` included; numbers compare
 * as IEEE's do, so a NaN passes every `!=` and nothing else.
 */
export function compileExpression<T>(expression: Expression, table: SearchTable<T>): Predicate<T> {
  switch (expression.kind) {
    case "comparison":
      return compileComparison(expression, table);
    case "not": {
      const operand = compileExpression(expression.operand, table);
      return (item) => !operand(item);
    }
    case "and": {
      const operands = expression.operands.map((operand) => compileExpression(operand, table));
      return (item) => operands.every((operand) => operand(item));
    }
    case "or": {
      const operands = expression.operands.map((operand) => compileExpression(operand, table));
      return (item) => operands.some((operand) => operand(item));
    }
  }
}

function compileComparison<T>(comparison: Comparison, table: SearchTable<T>): Predicate<T> {
  const { read } = fieldOf(table, comparison);
  if (comparison.operator === "IS NULL") return (item) => read(item) === undefined;
  if (comparison.operator === "IS NOT NULL") return (item) => read(item) !== undefined;
  const test = compileTest(comparison);
  return (item) => {
    const value = read(item);
    if (value === undefined) return false;
    return typeof value === "object" ? value.some(test) : test(value);
  };
}

function compileTest({ operator, value }: Comparison): (found: FieldValue) => boolean {
  switch (operator) {
    case "=":
      return (found) => found === value;
    case "!=":
      return (found) => found !== value;
    case "LIKE":
    case "ILIKE":
      return compileLike(value as string, operator === "ILIKE") as (found: FieldValue) => boolean;
    case "IN":
    case "NOT IN": {
      const listed: ReadonlySet<FieldValue> = new Set(value as readonly string[]);
      return operator === "IN" ? (found) => listed.has(found) : (found) => !listed.has(found);
    }
    default:
      return compileOrderTest(operator, value as number) as (found: FieldValue) => boolean;
  }
}

function compileOrderTest(operator: string, value: number): (found: number) => boolean {
  switch (operator) {
    case ">":
      return (found) => found > value;
    case ">=":
      return (found) => found >= value;
    case "<":
      return (found) => found < value;
    default:
      return (found) => found <= value;
  }
}

import fc from "fast-check";
import type { Comparison, Expression } from "../../../src/search";

const TEXTS = ["", "x", "X", "xy", "a%b", "it's", 'say "hi"', "_", "🎈", "y\nx", "Äx", "äX"];
const NUMBERS = [0, -0, 1, -1.5, 1e21, 5e-324, Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Values of params and tags. */
export const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: "grapheme", maxLength: 6 }));
const pattern = fc.string({ unit: fc.constantFrom("x", "y", "X", "ä", "Ä", "%", "_", "🎈"), maxLength: 6 });
/** Values of metrics, without NaN. */
export const number = fc.oneof(fc.constantFrom(...NUMBERS), fc.double({ noNaN: true }), fc.integer());
const symbol = fc.constantFrom("=", "!=", ">", ">=", "<", "<=" as const);

/** Any filter over metrics, params and tags of these keys, over times and data sets. */
export function filtersOver(keys: readonly string[]): fc.Arbitrary<Expression> {
  const key = fc.constantFrom(...keys);
  const comparison: fc.Arbitrary<Comparison> = fc.oneof(
    fc.record({ kind: fc.constant("comparison"), entity: fc.constant("metric"), key, operator: symbol, value: number }),
    fc.record({
      kind: fc.constant("comparison"),
      entity: fc.constant("attribute"),
      key: fc.constantFrom("start_time", "end_time"),
      operator: symbol,
      value: number,
    }),
    fc.record({
      kind: fc.constant("comparison"),
      entity: fc.constantFrom("param", "tag"),
      key,
      operator: fc.constantFrom("=", "!="),
      value: text,
    }),
    fc.record({
      kind: fc.constant("comparison"),
      entity: fc.constantFrom("param", "tag"),
      key,
      operator: fc.constantFrom("LIKE", "ILIKE"),
      value: pattern,
    }),
    fc.record({
      kind: fc.constant("comparison"),
      entity: fc.constantFrom("param", "tag"),
      key,
      operator: fc.constantFrom("IS NULL", "IS NOT NULL"),
    }),
    fc.record({
      kind: fc.constant("comparison"),
      entity: fc.constant("dataset"),
      key: fc.constantFrom("name", "digest", "context"),
      operator: fc.constantFrom("IN", "NOT IN"),
      value: fc.array(text, { minLength: 1, maxLength: 3 }),
    }),
  ) as fc.Arbitrary<Comparison>;

  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      comparison,
      fc.record({ kind: fc.constant("not" as const), operand: tie("expression") }),
      fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        operands: fc.array(tie("expression"), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));
  return expression;
}

import { InvalidInputError, messages } from "../../core";
import { tokenize, type Token } from "./tokenizer";

/**
 * Throws for what our filters have and MLflow's have not: OR, NOT before a clause, parentheses around some. A server refuses these to MLflow's
 * clients, so that a filter means the same on every server. What is wrong besides is left to those who read the filter.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 * @example requirePlainFilter("metrics.loss < 0.1 OR params.lr = '0.01'"); // throws
 */
export function requirePlainFilter(filter: string): void {
  const tokens = tokensOf(filter);
  const word = (index: number): string => {
    const token = tokens[index];
    return token?.kind === "word" ? token.text.toUpperCase() : "";
  };
  tokens.forEach(({ kind, text }, index) => {
    const isOr = word(index) === "OR";
    const isNot = word(index) === "NOT" && word(index + 1) !== "IN" && word(index - 1) !== "IS";
    const isGroup = kind === "punctuation" && text === "(" && word(index - 1) !== "IN";
    if (isOr || isNot || isGroup)
      throw new InvalidInputError(
        messages.badFilter(
          filter,
          `MLflow's filters have no ${isGroup ? "parentheses" : text}.`,
          "clauses joined by AND",
        ),
      );
  });
}

function tokensOf(filter: string): readonly Token[] {
  try {
    return tokenize(filter, ({ what }) => {
      throw new SyntaxError(what);
    });
  } catch {
    return [];
  }
}

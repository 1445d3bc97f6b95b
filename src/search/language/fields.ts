import type { Operator } from "./expression";
import { type Field, LIST_OPERATORS, NUMBER_OPERATORS, PRESENCE_OPERATORS, TEXT_OPERATORS } from "./search-table";

/** Text under a fixed key; with `isListed` also asked for by IN. */
export const textField = <T>(
  key: string,
  read: Field<T>["read"],
  { isListed = true, isOrderable = true } = {},
): Field<T> => ({ key, type: "text", operators: textOperators(isListed), isOrderable, read });

/** A number under a fixed key. */
export const numberField = <T>(
  key: string,
  read: Field<T>["read"],
  type: "number" | "integer" = "number",
): Field<T> => ({ key, type, operators: NUMBER_OPERATORS, isOrderable: true, read });

/** Text under a key of the user's own, a param or a tag: it may be missing, and a filter may ask for that. */
export const ownText = <T>(
  read: Field<T>["read"],
  { isListed = false, isOrderable = false } = {},
): Omit<Field<T>, "key"> => ({
  type: "text",
  operators: [...textOperators(isListed), ...PRESENCE_OPERATORS],
  isOrderable,
  read,
});

/** A number under a key of the user's own: a metric. */
export const ownNumber = <T>(read: Field<T>["read"], sortKey?: Field<T>["sortKey"]): Omit<Field<T>, "key"> => ({
  type: "number",
  operators: NUMBER_OPERATORS,
  isOrderable: true,
  read,
  ...(sortKey && { sortKey }),
});

function textOperators(isListed: boolean): readonly Operator[] {
  return isListed ? [...TEXT_OPERATORS, ...LIST_OPERATORS] : TEXT_OPERATORS;
}

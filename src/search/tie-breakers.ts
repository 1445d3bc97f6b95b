import type { OrderTerm } from "./language";

/** `terms`, then those of `ties` whose key is not among them. */
export function withTies(terms: readonly OrderTerm[], ties: readonly OrderTerm[]): readonly OrderTerm[] {
  const isGiven = (tie: OrderTerm): boolean =>
    terms.some(({ entity, key }) => entity === tie.entity && key === tie.key);
  return [...terms, ...ties.filter((tie) => !isGiven(tie))];
}

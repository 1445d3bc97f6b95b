import { type Experiment, LIMITS, type Page } from "../core";
import { EXPERIMENT_TABLE } from "./tables";
import { type Expression, type OrderTerm, parseOrderBy, parseFilter } from "./language";
import { readLimits, runQuery, type SearchQuery } from "./page-query";
import { withTies } from "./tie-breakers";

/**
 * The filter of a search of experiments as data, for stores that compile it themselves.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function parseExperimentFilter(text: string | undefined): Expression {
  return parseFilter(text, EXPERIMENT_TABLE);
}

/**
 * The whole order of a search of experiments. As in MLflow: nothing asked for means `creation_time DESC,
 * experiment_id ASC`, and ties of an order asked for are broken by `experiment_id DESC`.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function parseExperimentOrderBy(items: readonly string[] | undefined): readonly OrderTerm[] {
  const terms = parseOrderBy(items?.length === 0 ? undefined : items, EXPERIMENT_TABLE);
  if (terms.length > 0) return withTies(terms, [{ entity: "attribute", key: "experiment_id", isAscending: false }]);
  return [
    { entity: "attribute", key: "creation_time", isAscending: false },
    { entity: "attribute", key: "experiment_id", isAscending: true },
  ];
}

/**
 * A page of those `experiments` that pass the filter, in order.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 * @example
 * searchExperiments(experiments, { filter: "name LIKE 'iris%' AND tags.team = 'vision'", orderBy: ["name"] });
 */
export function searchExperiments(experiments: Iterable<Experiment>, query: SearchQuery = {}): Page<Experiment> {
  const filter = parseExperimentFilter(query.filter);
  const terms = parseExperimentOrderBy(query.orderBy);
  return runQuery(experiments, { filter, terms, ...readLimits(query, LIMITS.searchDefaultResults) }, EXPERIMENT_TABLE);
}

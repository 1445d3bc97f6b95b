import { LIMITS, type Page, type RunEntity } from "../core";
import type { Expression } from "./expression";
import { type OrderTerm, parseOrderBy } from "./order-by";
import { readLimits, runQuery, type SearchQuery } from "./page-query";
import { parseFilter } from "./parser";
import { RUN_TABLE } from "./run-table";
import { withTies } from "./tie-breakers";

/**
 * The filter of a search of runs as data, for stores that compile it themselves.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 * @example
 * parseRunFilter("metrics.loss < 0.1");
 * // { kind: "comparison", entity: "metric", key: "loss", operator: "<", value: 0.1 }
 */
export function parseRunFilter(text: string | undefined): Expression {
  return parseFilter(text, RUN_TABLE);
}

/**
 * The whole order of a search of runs: the items asked for, then `start_time DESC` and `run_id ASC` to break ties.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function parseRunOrderBy(items: readonly string[] | undefined): readonly OrderTerm[] {
  return withTies(parseOrderBy(items, RUN_TABLE), [
    { entity: "attribute", key: "start_time", isAscending: false },
    { entity: "attribute", key: "run_id", isAscending: true },
  ]);
}

/**
 * A page of those `runs` that pass the filter, in order.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 * @example
 * searchRuns(runs, { filter: "metrics.loss < 0.1 AND params.lr = '0.01'", orderBy: ["metrics.loss ASC"], maxResults: 10 });
 */
export function searchRuns(runs: Iterable<RunEntity>, query: SearchQuery = {}): Page<RunEntity> {
  const filter = parseRunFilter(query.filter);
  const terms = parseRunOrderBy(query.orderBy);
  return runQuery(runs, { filter, terms, ...readLimits(query, LIMITS.searchDefaultResults) }, RUN_TABLE);
}

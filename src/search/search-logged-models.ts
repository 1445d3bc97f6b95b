import { LIMITS, type LoggedModel, type Page } from "../core";
import { type Expression, type OrderTerm, parseOrderBy, parseFilter } from "./language";
import { type DatasetFilter, loggedModelTable, metricsOn } from "./tables";
import { readLimits, runQuery, type SearchQuery } from "./page-query";
import { withTies } from "./tie-breakers";

/** What a search of LoggedModels asks for. */
export interface LoggedModelQuery extends SearchQuery {
  /** Only models measured on one of these data sets; metric clauses and orders then look at these measurements only. */
  readonly datasets?: readonly DatasetFilter[];
}

/**
 * The filter of a search of LoggedModels as data, for stores that compile it themselves.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function parseLoggedModelFilter(text: string | undefined): Expression {
  return parseFilter(text, loggedModelTable());
}

/**
 * The whole order of a search of LoggedModels: the items asked for (attributes and metrics), then
 * `creation_timestamp DESC` and `model_id ASC` to break ties.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function parseLoggedModelOrderBy(items: readonly string[] | undefined): readonly OrderTerm[] {
  return withTies(parseOrderBy(items, loggedModelTable()), [
    { entity: "attribute", key: "creation_timestamp", isAscending: false },
    { entity: "attribute", key: "model_id", isAscending: true },
  ]);
}

/**
 * A page of those `models` that pass the filter, in order.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 * @example
 * searchLoggedModels(models, { filter: "metrics.rmse < 2", datasets: [{ name: "cars" }], orderBy: ["metrics.rmse"] });
 */
export function searchLoggedModels(models: Iterable<LoggedModel>, query: LoggedModelQuery = {}): Page<LoggedModel> {
  const filter = parseLoggedModelFilter(query.filter);
  const terms = parseLoggedModelOrderBy(query.orderBy);
  const limits = readLimits(query, LIMITS.loggedModelsDefaultResults);
  const datasets = query.datasets ?? [];
  const isMeasured = datasets.length === 0 || comparedMetrics(filter).length > 0 ? undefined : measuredOn(datasets);
  const candidates = isMeasured ? Array.from(models).filter(isMeasured) : models;
  return runQuery(candidates, { filter, terms, ...limits }, loggedModelTable(datasets));
}

/**
 * The metrics that a search of LoggedModels looks at; `undefined` when it looks at all. A model can hold very many points.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function metricsSearched({ filter, orderBy, datasets = [] }: LoggedModelQuery): readonly string[] | undefined {
  const compared = comparedMetrics(parseLoggedModelFilter(filter));
  if (datasets.length > 0 && compared.length === 0) return undefined;
  const ordered = parseLoggedModelOrderBy(orderBy).filter(({ entity }) => entity === "metric");
  return [...new Set([...compared, ...ordered.map(({ key }) => key)])];
}

const measuredOn = (datasets: readonly DatasetFilter[]) => (model: LoggedModel) =>
  metricsOn(model, datasets).length > 0;

function comparedMetrics(expression: Expression): readonly string[] {
  if (expression.kind === "comparison") return expression.entity === "metric" ? [expression.key] : [];
  return expression.kind === "not" ? comparedMetrics(expression.operand) : expression.operands.flatMap(comparedMetrics);
}

import { LIMITS, type Page, type RunEntity } from "../core";
import { compileExpression, type Expression, type OrderTerm, parseOrderBy, sortBy, parseFilter } from "./language";
import { readLimits, runQuery, type SearchQuery } from "./page-query";
import { RUN_TABLE, type RunFields, runTable } from "./tables";
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

/** A search of runs taken apart, for a store that finds out as little about each run as the search needs. */
export interface RunSearchPlan<T> {
  /** The clauses over what never changes in a run: its id and params, which MLflow does not let anyone overwrite. */
  readonly passesForGood: (run: T) => boolean;
  /** The other clauses, each over a run that passes those before it. */
  readonly passes: (run: T) => boolean;
  /** Those runs that pass everything, in order. */
  readonly sort: (runs: readonly T[]) => readonly T[];
  /** The page is from here … */
  readonly offset: number;
  /** … up to here, exclusively; behind it stands {@link encodeOffset} of this when there are more. */
  readonly end: number;
}

/**
 * The plan of a search: clauses joined by AND at the top are told apart, the rest of the language works in either part.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function planRunSearch<T>(query: SearchQuery, fields: RunFields<T>): RunSearchPlan<T> {
  const filter = parseRunFilter(query.filter);
  const terms = parseRunOrderBy(query.orderBy);
  const { offset, maxResults } = readLimits(query, LIMITS.searchDefaultResults);
  const table = runTable(fields);
  const clauses = filter.kind === "and" ? filter.operands : [filter];
  const conjunction = (operands: readonly Expression[]) => compileExpression({ kind: "and", operands }, table);
  return {
    passesForGood: conjunction(clauses.filter(isConstant)),
    passes: conjunction(clauses.filter((clause) => !isConstant(clause))),
    sort: (runs) => sortBy(runs, terms, table),
    offset,
    end: offset + maxResults,
  };
}

/** True for an expression over nothing but what never changes in a run. */
function isConstant(expression: Expression): boolean {
  if (expression.kind === "comparison")
    return expression.entity === "param" || (expression.entity === "attribute" && expression.key === "run_id");
  return expression.kind === "not" ? isConstant(expression.operand) : expression.operands.every(isConstant);
}

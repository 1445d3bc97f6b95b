import { type RawBuilder, sql } from "kysely";
import { LIMITS, type Page, type RunEntity } from "../../core";
import { encodeOffset, type OrderTerm, parseRunFilter, parseRunOrderBy, readLimits } from "../../search";
import type { SearchOptions } from "../../search";
import type { SqlContext } from "./context";
import type { Dialect } from "./dialects";
import { experimentNumber, stageIn } from "./experiments";
import { NUMBER_ATTRIBUTES, runCondition, TEXT_ATTRIBUTES } from "./run-filter";
import { readRuns } from "./run-reading";
import { EVERY_RUN, planSearch, type SearchPlan } from "./search-plan";
import { rowsOf, type Steps } from "./steps";
import type { Tables } from "./tables";

/** The page of runs of these experiments that pass the filter, in order. */
export function* searchRuns(
  context: SqlContext,
  experimentIds: readonly string[],
  { viewType = "ACTIVE_ONLY", ...query }: SearchOptions,
): Steps<Page<RunEntity>> {
  const { dialect } = context;
  const filter = parseRunFilter(query.filter);
  const terms = parseRunOrderBy(query.orderBy);
  const { offset, maxResults } = readLimits(query, LIMITS.searchDefaultResults);
  const experiments = [...new Set(experimentIds.map(experimentNumber))].filter((id) => id >= 0);
  if (experiments.length === 0) return { items: [] };
  const conditions = [
    dialect.isAmong(sql`runs.experiment_id`, experiments),
    ...(viewType === "ALL" ? [] : [sql`runs.lifecycle_stage = ${stageIn(viewType)}`]),
    runCondition(dialect, filter),
  ];
  const plan = yield* planSearch(context, filter, terms);
  let rows = yield* rowsOf(pageQuery(dialect, { plan, terms, conditions, offset, maxResults }));
  // Behind those that have the metric stand those that lack it.
  if (plan.walked && rows.length <= maxResults)
    rows = yield* rowsOf(pageQuery(dialect, { plan: EVERY_RUN, terms, conditions, offset, maxResults }));
  const hasMore = rows.length > maxResults;
  const items = yield* readRuns(context, hasMore ? rows.slice(0, maxResults) : rows);
  return { items, ...(hasMore && { nextPageToken: encodeOffset(offset + maxResults) }) };
}

interface PageQuery {
  readonly plan: SearchPlan;
  readonly terms: readonly OrderTerm[];
  readonly conditions: readonly RawBuilder<unknown>[];
  readonly offset: number;
  readonly maxResults: number;
}

/** The rows of a page, and one more when there is another page. */
function pageQuery(dialect: Dialect, { plan, terms, conditions, offset, maxResults }: PageQuery) {
  const { walked } = plan;
  const ordered = terms.map((term, index) => {
    if (walked && index === 0) return { join: sql``, orders: dialect.ordering(walked, term.isAscending) };
    return orderOf(dialect, term, `ordered${index}`);
  });
  const page = sql<Tables["runs"]>`
    select runs.* from ${plan.from} ${sql.join(
      ordered.map(({ join }) => join),
      sql` `,
    )}
    where ${sql.join(conditions, sql` and `)}
    order by ${sql.join(ordered.flatMap(({ orders }) => orders))}
    limit ${sql.val(maxResults + 1)} offset ${sql.val(offset)}`;
  return { compile: () => page.compile(dialect.db) };
}

/** What runs are ordered by: what it joins to them, and the items of ORDER BY. */
interface Order {
  readonly join: RawBuilder<unknown>;
  readonly orders: readonly RawBuilder<unknown>[];
}

const TABLES = { metric: "latest_metrics", param: "params", tag: "tags" } as const;

/** A NaN stands behind all numbers, and what lacks the key behind that, ascending and descending alike. */
function orderOf(dialect: Dialect, { entity, key, isAscending }: OrderTerm, alias: string): Order {
  if (entity === "attribute" || entity === "dataset") {
    const text = TEXT_ATTRIBUTES[key];
    const value = text ? dialect.exact(text) : (NUMBER_ATTRIBUTES[key] as RawBuilder<unknown>);
    return { join: sql``, orders: dialect.ordering(value, isAscending) };
  }
  const column = (name: string) => sql.ref<string>(`${alias}.${name}`);
  const join = sql`left join ${sql.table(TABLES[entity])} ${sql.ref(alias)} on ${column("run_uuid")} = runs.run_uuid and ${column("key")} = ${key}`;
  if (entity !== "metric") return { join, orders: dialect.ordering(dialect.exact(column("value")), isAscending) };
  const rank = sql`case when ${column("run_uuid")} is null then 2 when ${column("is_nan")} then 1 else 0 end`;
  return { join, orders: [rank, ...dialect.ordering(column("value"), isAscending)] };
}

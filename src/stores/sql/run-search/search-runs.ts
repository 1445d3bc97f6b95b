import { type RawBuilder, sql } from "kysely";
import { LIMITS, type Page, type RunEntity } from "../../../core";
import {
  encodeOffset,
  type OrderTerm,
  parseRunFilter,
  parseRunOrderBy,
  readLimits,
  type SearchOptions,
} from "../../../search";
import type { SearchPatience, SqlContext } from "../context";
import type { Dialect } from "../dialects";
import { experimentNumber, stageIn } from "../experiments";
import { readRuns } from "../run-reading";
import { performAll, rowsOf, type Steps } from "../steps";
import { narrowStart } from "./narrow-start";
import { orderWalk } from "./order-walk";
import { EACH_RUN, EVERY_RUN, knownIndexes, passesAll, type RunSearch, runsInView, type SearchPlan } from "./plan";
import { NUMBER_ATTRIBUTES, runCondition, TEXT_ATTRIBUTES } from "./run-condition";

/** The page of runs of these experiments that pass the filter, in order. */
export function* searchRuns(
  context: SqlContext,
  experimentIds: readonly string[],
  { viewType = "ACTIVE_ONLY", ...query }: SearchOptions,
): Steps<Page<RunEntity>> {
  const search: RunSearch = {
    experiments: [...new Set(experimentIds.map(experimentNumber))].filter((id) => id >= 0),
    stage: viewType === "ALL" ? undefined : stageIn(viewType),
    filter: parseRunFilter(query.filter),
    terms: parseRunOrderBy(query.orderBy),
    ...readLimits(query, LIMITS.searchDefaultResults),
  };
  if (search.experiments.length === 0) return { items: [] };
  const { offset, maxResults } = search;
  const found = yield* findPage(context, search);
  const hasMore = found.length > maxResults;
  const items = yield* readRuns(context, hasMore ? found.slice(0, maxResults) : found);
  return { items, ...(hasMore && { nextPageToken: encodeOffset(offset + maxResults) }) };
}

const PATIENCE: SearchPatience = { few: 500, walk: 5000, pages: 4, several: 10_000, share: 4 };

/**
 * The ids of a page of runs, and one more when there is another page.
 *
 * How many runs a filter leaves no database knows: to it a clause is about two columns of one table, which have nothing to do with each
 * other. So we find out, and what is cheap is tried first. Where a clause is very narrow, begin with it. Else look at those that
 * come first in the order: they fill a page if the filter leaves enough of them. Else begin with a clause that is
 * narrow enough, before everything is looked at, as it always is without our indexes.
 */
function* findPage(context: SqlContext, search: RunSearch): Steps<readonly string[]> {
  if (context.dialect.sortsTies && isNewestFirst(search)) return yield* pageBy(context.dialect, EACH_RUN, search);
  const { dialect, patience = PATIENCE } = context;
  const indexes = yield* knownIndexes(dialect);
  const walk = Math.max(patience.walk, (search.offset + search.maxResults) * patience.pages);
  const attempts = [
    () => narrowStart(context, search, indexes, { limit: patience.few }),
    () => orderWalk(context, search, indexes, walk),
    () => narrowStart(context, search, indexes, { limit: patience.several, share: patience.share }),
  ];
  for (const attempt of attempts) {
    const plan = yield* attempt();
    if (!plan) continue;
    const found = yield* pageBy(dialect, plan, search);
    if (plan.isWhole || found.length > search.maxResults) return found;
  }
  yield* performAll(dialect.forAllRows.before);
  const found = yield* pageBy(dialect, EVERY_RUN, search);
  yield* performAll(dialect.forAllRows.after);
  return found;
}

/** Everything in one experiment, in the order of our index: there is nothing to find out. */
const isNewestFirst = (search: RunSearch): boolean => {
  const { experiments, stage, terms } = search;
  const [first] = terms;
  const isByTime = first?.key === "start_time" && !first.isAscending;
  return experiments.length === 1 && stage !== undefined && isByTime && passesAll(search);
};

function* pageBy(dialect: Dialect, plan: SearchPlan, search: RunSearch): Steps<readonly string[]> {
  const { from, within, clauses } = plan;
  const ordered = search.terms.map((term, index) => {
    if (plan.orders && index === 0) return { join: sql``, orders: plan.orders };
    return orderOf(dialect, term, `ordered${index}`);
  });
  const joins = ordered.map(({ join }) => join);
  const conditions = [
    ...(within ? [within] : []),
    runsInView(dialect, search),
    runCondition(dialect, plan.filter ?? search.filter, clauses),
  ];
  const page = sql<{ run_uuid: string }>`
    select runs.run_uuid from ${from} ${sql.join(joins, sql` `)}
    where ${sql.join(conditions, sql` and `)}
    order by ${sql.join(ordered.flatMap(({ orders }) => orders))}
    limit ${sql.val(search.maxResults + 1)} offset ${sql.val(search.offset)}`;
  return (yield* rowsOf({ compile: () => page.compile(dialect.db) })).map((row) => row.run_uuid);
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

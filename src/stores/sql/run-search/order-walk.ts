import { type RawBuilder, sql } from "kysely";
import type { SqlContext } from "../context";
import type { Dialect } from "../dialects";
import { KEYED_TABLES, OUR_INDEX } from "../schema";
import { rowOf, type Steps } from "../steps";
import { EACH_RUN, passesAll, type RunSearch, runsInView, type SearchPlan } from "./plan";

/**
 * Looks at those runs only that come first by the first term of the order: at the first `count` of them. `undefined` where no index
 * of ours has that order.
 */
export function* orderWalk(
  { dialect }: SqlContext,
  search: RunSearch,
  indexes: ReadonlySet<string>,
  count: number,
): Steps<SearchPlan | undefined> {
  const [first] = search.terms;
  if (!first) return undefined;
  const { entity, key, isAscending } = first;
  if (entity === "attribute") {
    const isInOrder = key === "start_time" && search.stage !== undefined && indexes.has(OUR_INDEX.runs);
    return isInOrder ? yield* walkTimes(dialect, search, isAscending, count) : undefined;
  }
  const table = KEYED_TABLES[entity];
  if (!table || !indexes.has(OUR_INDEX[table])) return undefined;
  const value = sql.ref<string>("walked.value");
  const sorted = entity === "metric" ? value : dialect.indexedText(value);
  if (!sorted) return undefined;
  // A NaN, NULL and what lacks the key stand last.
  const hasValue = entity === "metric" ? sql`not walked.is_nan` : sql`walked.value is not null`;
  const rows = sql`${sql.table(table)} walked ${dialect.using(OUR_INDEX[table])}`;
  const ofKey = sql`${sql.ref("walked.key")} = ${key} and ${hasValue}`;
  const candidates = sql`select ${sorted} as value from ${rows} where ${ofKey} order by ${sorted} ${towards(isAscending)}`;
  const limit = yield* valueBehind(dialect, candidates, count);
  return {
    from: sql`${rows} ${dialect.join} runs on runs.run_uuid = walked.run_uuid`,
    within: limit === undefined ? ofKey : sql`${ofKey} and ${isBefore(sorted, limit, isAscending)}`,
    orders: [
      sql`${sorted} ${towards(isAscending)}`,
      ...(sorted === value ? [] : dialect.ordering(dialect.exact(value), isAscending)),
    ],
    isWhole: false,
    clauses: "each",
  };
}

/** The first by time, of each experiment: up to where the last of them begins to be the last of `count`. */
function* walkTimes(dialect: Dialect, search: RunSearch, isAscending: boolean, count: number): Steps<SearchPlan> {
  const time = sql.ref<number>("runs.start_time");
  // Where nothing is filtered out a page needs no more than itself, and those that have the same time as its last.
  const enough = passesAll(search) ? Math.min(count, 2 * (search.offset + search.maxResults) + 1) : count;
  const limits: number[] = [];
  for (const experiment of search.experiments) {
    const inView = runsInView(dialect, { ...search, experiments: [experiment] });
    const candidates = sql`select ${time} as value from runs where ${inView} and ${time} is not null order by ${dialect.timeOrder(time, isAscending)}`;
    const limit = yield* valueBehind(dialect, candidates, enough);
    if (limit !== undefined) limits.push(Number(limit));
  }
  if (limits.length === 0) return EACH_RUN;
  const limit = isAscending ? Math.min(...limits) : Math.max(...limits);
  return { ...EACH_RUN, within: isBefore(time, limit, isAscending), isWhole: false };
}

const towards = (isAscending: boolean) => (isAscending ? sql`asc` : sql`desc`);

/** Equal values are left out: only some of them may be among the first. */
const isBefore = (value: RawBuilder<unknown>, limit: unknown, isAscending: boolean) =>
  sql`${value} ${isAscending ? sql`<` : sql`>`} ${limit}`;

/** The value behind the first `count` of a query; `undefined` when it has no more. */
function* valueBehind(dialect: Dialect, query: RawBuilder<unknown>, count: number): Steps<unknown> {
  const one = sql<{ value: unknown }>`${query} limit 1 offset ${sql.val(count)}`;
  return (yield* rowOf({ compile: () => one.compile(dialect.db) }))?.value;
}

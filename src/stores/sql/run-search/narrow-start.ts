import { type RawBuilder, sql } from "kysely";
import type { Comparison, Expression } from "../../../search";
import type { SqlContext } from "../context";
import type { Dialect } from "../dialects";
import { KEYED_TABLES, OUR_INDEX } from "../schema";
import { rowOf, type Steps } from "../steps";
import { EACH_RUN, type RunSearch, runsInView, type SearchPlan } from "./plan";

/** What is narrow. */
interface Width {
  /** So many runs at the most. */
  readonly limit: number;
  /**
   * Of experiments: no more than one run of so many in the database. A sweep over all runs, which is what is done else, takes less time for each of them
   * than looking them up.
   */
  readonly share?: number;
}

/** Begins with what is narrowest, a clause of the filter or the experiments, if it is narrow enough. */
export function* narrowStart(
  { dialect }: SqlContext,
  search: RunSearch,
  indexes: ReadonlySet<string>,
  { limit, share }: Width,
): Steps<SearchPlan | undefined> {
  let best: SearchPlan | undefined;
  let fewest = limit + 1;
  const { filter } = search;
  const inExperiments = sql`select run_uuid from runs where ${runsInView(dialect, search)}`;
  const starts: [runs: RawBuilder<unknown>, planOf: (counted: RawBuilder<unknown>) => SearchPlan][] = [
    [inExperiments, () => EACH_RUN],
  ];
  const clauses = filter.kind === "and" ? filter.operands : [filter];
  for (const clause of clauses) {
    const runs = clause.kind === "comparison" ? runsMeeting(dialect, clause, indexes) : undefined;
    const others = { kind: "and", operands: clauses.filter((other) => other !== clause) } as const;
    if (runs) starts.push([runs, (counted) => ledBy(dialect, counted, others)]);
  }
  for (const [runs, planOf] of starts) {
    const count = yield* countUpTo(dialect, runs, fewest);
    if (count >= fewest) continue;
    const least = runs === inExperiments && share !== undefined ? count * share : 0;
    if ((yield* countUpTo(dialect, EVERY_ONE, least)) < least) continue;
    // The limit, which takes nothing away from those that are few, tells the database that they are.
    best = planOf(sql`${runs} limit ${sql.val(fewest)}`);
    fewest = count;
  }
  return best;
}

const EVERY_ONE = sql`select run_uuid from runs`;

/** How many rows a query has, counted up to `limit`. */
function* countUpTo({ db }: Dialect, query: RawBuilder<unknown>, limit: number): Steps<number> {
  if (limit === 0) return 0;
  const counted = sql<{ count: number }>`select count(*) as count from (${query} limit ${sql.val(limit)}) counted`;
  return (yield* rowOf({ compile: () => counted.compile(db) }))?.count ?? 0;
}

const ledBy = ({ join }: Dialect, runs: RawBuilder<unknown>, filter: Expression): SearchPlan => ({
  from: sql`(${runs}) led ${join} runs on runs.run_uuid = led.run_uuid`,
  filter,
  isWhole: true,
  clauses: "each",
});

const RANGES: ReadonlySet<string> = new Set(["=", "<", "<=", ">", ">="]);

/** The runs that meet a clause, found by an index; `undefined` for a clause that none of ours is for. */
function runsMeeting(
  dialect: Dialect,
  { entity, key, operator, value }: Comparison,
  indexes: ReadonlySet<string>,
): RawBuilder<unknown> | undefined {
  const table = KEYED_TABLES[entity];
  if (!table || !indexes.has(OUR_INDEX[table])) return undefined;
  const column = sql.ref<never>("value");
  let isMet: RawBuilder<unknown>;
  if (entity !== "metric") {
    if (operator !== "=") return undefined;
    isMet = dialect.isText(column, value as string);
  } else {
    if (!RANGES.has(operator) || !Number.isFinite(value)) return undefined;
    isMet = sql`${column} ${sql.raw(operator)} ${dialect.number(value as number)} and not is_nan`;
  }
  return sql`select run_uuid from ${sql.table(table)} ${dialect.using(OUR_INDEX[table])} where ${sql.ref("key")} = ${key} and ${isMet}`;
}

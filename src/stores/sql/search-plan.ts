import { type RawBuilder, sql } from "kysely";
import type { Comparison, Expression, OrderTerm } from "../../search";
import type { SqlContext } from "./context";
import { rowOf, type Steps } from "./steps";

/** Where a search of runs begins. */
export interface SearchPlan {
  /** What stands behind FROM: `runs`, led by something small, or by a metric in its order. */
  readonly from: RawBuilder<unknown>;
  /** The rows come in the order of the first term, by its column; runs that lack the metric or have a NaN are not among them. */
  readonly walked?: RawBuilder<number>;
}

/** Every run is looked at. */
export const EVERY_RUN: SearchPlan = { from: sql`runs` };

/** A clause that so few rows meet at most is worth beginning with. */
const FEW = 5000;

const METRIC_INDEX = "trackbook_latest_metrics_value";
const PARAM_INDEX = "trackbook_params_value";

/**
 * How SQLite goes about a search; other databases know how many rows a clause meets, and plan by themselves. Begin with the narrowest
 * clause of the filter, if it is narrow; else follow the order of a metric, for then the first page is found without looking at all
 * runs; else look at every run. Both need our indexes.
 */
export function* planSearch(
  { dialect }: SqlContext,
  filter: Expression,
  [first]: readonly OrderTerm[],
): Steps<SearchPlan> {
  if (dialect.name !== "sqlite") return EVERY_RUN;
  const indexes = yield* rowOf<{ count: number }>(
    compiled(sql`select count(*) as count from sqlite_master where name in (${METRIC_INDEX}, ${PARAM_INDEX})`),
  );
  if (indexes?.count !== 2) return EVERY_RUN;
  const narrow = yield* narrowest(filter);
  if (narrow) return { from: sql`(${narrow}) led cross join runs on runs.run_uuid = led.run_uuid` };
  if (first?.entity !== "metric") return EVERY_RUN;
  return {
    from: sql`latest_metrics walked indexed by ${sql.raw(METRIC_INDEX)} cross join runs on runs.run_uuid = walked.run_uuid and walked.key = ${first.key} and not walked.is_nan`,
    walked: sql`walked.value`,
  };

  function* narrowest(expression: Expression): Steps<RawBuilder<unknown> | undefined> {
    const clauses = expression.kind === "and" ? expression.operands : [expression];
    let best: RawBuilder<unknown> | undefined;
    let fewest = FEW + 1;
    for (const clause of clauses) {
      const runs = clause.kind === "comparison" ? runsMeeting(clause) : undefined;
      if (!runs) continue;
      const probe = sql`select count(*) as count from (${runs} limit ${sql.val(fewest)})`;
      const { count } = (yield* rowOf<{ count: number }>(compiled(probe))) as { count: number };
      if (count < fewest) [best, fewest] = [runs, count];
    }
    return best;
  }

  function compiled<R>(query: RawBuilder<R>) {
    return { compile: () => query.compile(dialect.db) as never };
  }
}

const RANGES: ReadonlySet<string> = new Set(["=", "<", "<=", ">", ">="]);

/** The runs that meet a clause, found by an index; `undefined` for a clause that none of ours is for. */
function runsMeeting({ entity, key, operator, value }: Comparison): RawBuilder<unknown> | undefined {
  if (entity === "metric" && RANGES.has(operator) && Number.isFinite(value))
    return sql`select run_uuid from latest_metrics indexed by ${sql.raw(METRIC_INDEX)} where key = ${key} and value ${sql.raw(operator)} ${value} and not is_nan`;
  if (entity === "param" && operator === "=")
    return sql`select run_uuid from params indexed by ${sql.raw(PARAM_INDEX)} where key = ${key} and value = ${value}`;
  return undefined;
}

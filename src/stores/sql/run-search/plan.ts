import { type RawBuilder, sql } from "kysely";
import type { Expression, OrderTerm } from "../../../search";
import type { Dialect } from "../dialects";
import { INDEX_NAMES } from "../schema";
import { rowsOf, type Steps } from "../steps";

/** What a search of runs asks for. */
export interface RunSearch {
  /** Their numbers, at least one. */
  readonly experiments: readonly number[];
  /** The stage of life that is in view; `undefined` for every one. */
  readonly stage: string | undefined;
  readonly filter: Expression;
  /** At least `start_time` and `run_id`. */
  readonly terms: readonly OrderTerm[];
  readonly offset: number;
  readonly maxResults: number;
}

/** Nothing is asked of the runs. */
export const passesAll = ({ filter }: RunSearch): boolean => filter.kind === "and" && filter.operands.length === 0;

/** One way to carry out a search. */
export interface SearchPlan {
  /** What stands behind FROM: `runs`, led by something small or by what the order begins with. */
  readonly from: RawBuilder<unknown>;
  /** Only rows that meet this are looked at. */
  readonly within?: RawBuilder<unknown>;
  /** What is left of the filter. @default all of it */
  readonly filter?: Expression;
  /** The items of ORDER BY for the first term. @default those that order any run */
  readonly orders?: readonly RawBuilder<unknown>[];
  /** Every run that passes is among the rows; else only those are that come first, which may not fill a page. */
  readonly isWhole: boolean;
  /** How a clause over metrics, params or tags is tested: for one run after the other, or as the set of all runs that meet it. */
  readonly clauses: ClauseForm;
}

/** See {@link SearchPlan.clauses}. */
export type ClauseForm = "each" | "sets";

/** Every run is looked at. */
export const EVERY_RUN: SearchPlan = { from: sql`runs`, isWhole: true, clauses: "sets" };

/** Runs are looked at one by one. */
export const EACH_RUN: SearchPlan = { from: sql`runs`, isWhole: true, clauses: "each" };

/** Those of our indexes that a database has. */
export function* knownIndexes({ db, name }: Dialect): Steps<ReadonlySet<string>> {
  const query = sql<{
    name: string;
  }>`select name from (${sql.raw(INDEX_NAMES[name])}) known where name like 'trackbook%'`;
  const rows = yield* rowsOf({ compile: () => query.compile(db) });
  return new Set(rows.map((row) => row.name));
}

/** The runs of these experiments in this stage. */
export const runsInView = (dialect: Dialect, { experiments, stage }: RunSearch): RawBuilder<unknown> => {
  const inExperiment = dialect.isAmong(sql`runs.experiment_id`, experiments);
  return stage === undefined ? inExperiment : sql`${inExperiment} and runs.lifecycle_stage = ${stage}`;
};

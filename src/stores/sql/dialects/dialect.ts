import type { Kysely, RawBuilder, SqlBool } from "kysely";
import type { Statement, Steps } from "../steps";
import type { MetricRow, Tables } from "../tables";

/** Something that has a value in every row: a column, or what is made of some. */
export type Value<T> = RawBuilder<T>;

/** Rows to be inserted: the columns, and a value for each in every row. */
export interface NewRows {
  readonly table: keyof Tables & string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** What makes a row the same as one that is there. */
  readonly key: readonly string[];
}

/** So many characters of a text are in an index of ours on a server. */
export const INDEXED_CHARACTERS = 64;

/** How one kind of database wants to be asked; whatever differs between them is here. */
export interface Dialect {
  readonly name: "sqlite" | "postgresql" | "mysql";
  /** Builds and compiles queries, and carries none out. */
  readonly db: Kysely<Tables>;
  /** Inserts rows none of which may be there. */
  insert(rows: NewRows): Iterable<Statement>;
  /** Inserts rows and leaves those that are there as they are. */
  insertMissing(rows: NewRows): Iterable<Statement>;
  /** Inserts rows, in place of those that are there. */
  upsert(rows: NewRows): Iterable<Statement>;
  /** Notes the latest points of a run's metrics, unless those that are there are as late: by step, then time, then value. */
  upsertLatest(rows: readonly MetricRow[]): Steps<void>;
  /** True for one of the values; false when there are none. */
  isAmong(value: Value<unknown>, values: readonly (string | number)[]): RawBuilder<SqlBool>;
  /** SQL's LIKE without an escape character. */
  like(text: Value<string>, pattern: string, ignoresCase: boolean): RawBuilder<SqlBool>;
  /** The text as it is compared and ordered by code points, upper case apart from lower. */
  exact(text: Value<string>): Value<string>;
  /** A number to compare with, whole or not. */
  number(value: number): Value<number>;
  /** The value, where no index is to be looked up by it. */
  unindexed(value: Value<number>): Value<number>;
  /** Joins what stands before it with what stands behind, which is looked up for each row; where a database takes such advice. */
  readonly join: Value<never>;
  /** Advice to find the rows of a table by this index. */
  using(index: string): Value<never>;
  /** True for this very text, found by an index of ours on a column of texts where there is one. */
  isText(column: Value<string>, text: string): RawBuilder<SqlBool>;
  /** What an index of ours on a column of texts is sorted by, in the order of {@link exact}; `undefined` where it is another order. */
  indexedText(column: Value<string>): Value<string> | undefined;
  /** The columns by which points of a step are told apart and ordered, and how many points are read at once. */
  readonly parts: { readonly behindStep: readonly string[]; readonly size: number };
  /** What is said before and behind a query that looks at all rows. */
  readonly forAllRows: { readonly before: readonly Statement[]; readonly after: readonly Statement[] };
  /** Whether rows that come from an index in the order of the first item are sorted by the others as they come, and not all of them at the end. */
  readonly sortsTies: boolean;
  /** The item of ORDER BY by which our index of runs is sorted, forwards or backwards. */
  timeOrder(time: Value<number>, isAscending: boolean): RawBuilder<unknown>;
  /** The items of ORDER BY that put NULL last. */
  ordering(value: Value<unknown>, isAscending: boolean): readonly RawBuilder<unknown>[];
}

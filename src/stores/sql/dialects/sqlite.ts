import { SqliteAdapter, SqliteQueryCompiler, sql } from "kysely";
import { performAll } from "../steps";
import { columnList, compilerOf } from "./compiler";
import type { Dialect, NewRows, Value } from "./dialect";
import { latestRows, WHERE_LATER } from "./latest-rows";

/** The function by which ILIKE ignores case beyond ASCII, which a driver may have registered. */
export const LOWER_FUNCTION = "trackbook_lower";

/** SQLite: statements are cheap, so rows go in one by one through a prepared one. */
export const sqliteDialect: Dialect = {
  name: "sqlite",
  db: compilerOf(
    () => new SqliteAdapter(),
    () => new SqliteQueryCompiler(),
  ),
  insert: (rows) => insertEach("insert into", rows),
  insertMissing: (rows) => insertEach("insert or ignore into", rows),
  upsert: (rows) => insertEach("insert into", rows, onConflict(rows.columns, rows.key)),
  upsertLatest(rows) {
    const latest = latestRows(rows);
    return performAll(insertEach("insert into", latest, onConflict(latest.columns, latest.key) + WHERE_LATER));
  },
  isAmong: (value, values) =>
    values.length === 1
      ? sql`${value} = ${values[0]}`
      : sql`${value} in (select value from json_each(${JSON.stringify(values)}))`,
  like: (text, pattern, ignoresCase) =>
    ignoresCase ? sql`${lower(text)} like ${pattern.toLowerCase()}` : sql`${text} like ${pattern}`,
  exact: (text) => text,
  number: (value) => sql`${value}`,
  unindexed: (value) => sql`+${value}`,
  join: sql`cross join`,
  using: (index) => sql`indexed by ${sql.raw(index)}`,
  isText: (column, text) => sql`${column} = ${text}`,
  indexedText: (column) => column,
  parts: { behindStep: ["rowid"], size: 5000 },
  forAllRows: { before: [], after: [] },
  sortsTies: true,
  timeOrder: (time, isAscending) => (isAscending ? sql`${time} asc` : sql`${time} desc`),
  ordering: (value, isAscending) => [isAscending ? sql`${value} asc nulls last` : sql`${value} desc`],
};

/** The function of a driver is called for what SQLite's own does not know, in turns with which it costs ten times as much. */
const lower = (text: Value<string>) =>
  sql`case when length(${text}) = length(cast(${text} as blob)) then lower(${text}) else ${sql.raw(LOWER_FUNCTION)}(${text}) end`;

function onConflict(columns: readonly string[], key: readonly string[]): string {
  const changed = columns.filter((column) => !key.includes(column));
  const sets = changed.map((column) => `"${column}" = excluded."${column}"`);
  return ` on conflict (${columnList(key)}) do ${sets.length === 0 ? "nothing" : `update set ${sets.join(", ")}`}`;
}

function insertEach(verb: string, { table, columns, rows }: NewRows, behind = "") {
  if (rows.length === 0) return [];
  const places = columns.map(() => "?").join(", ");
  const text = `${verb} "${table}" (${columnList(columns)}) values (${places})${behind}`;
  return [{ sql: text, parameters: [], parameterSets: rows }];
}

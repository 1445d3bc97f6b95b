import { PostgresAdapter, PostgresQueryCompiler, type RawBuilder, sql } from "kysely";
import { performAll, type Statement } from "../steps";
import { columnList, compilerOf, type Conflict } from "./compiler";
import { type Dialect, INDEXED_CHARACTERS, type NewRows, type Value } from "./dialect";
import { latestRows, WHERE_LATER } from "./latest-rows";

/** PostgreSQL: rows go in as one array for each column, whatever their number. */
export const postgresqlDialect: Dialect = {
  name: "postgresql",
  db: compilerOf(
    () => new PostgresAdapter(),
    () => new PostgresQueryCompiler(),
  ),
  insert: (rows) => insertArrays(rows, "fail"),
  insertMissing: (rows) => insertArrays(rows, "keep"),
  upsert: (rows) => insertArrays(rows, "replace"),
  upsertLatest: (rows) => performAll(insertArrays(latestRows(rows), "replace", WHERE_LATER)),
  isAmong: (value, values) => {
    if (values.length === 1) return sql`${value} = ${values[0]}`;
    const type = typeof values[0] === "number" ? "int8" : "text";
    return sql`${value} = any(${values}::${sql.raw(type)}[])`;
  },
  like: (text, pattern, ignoresCase) => sql`${text} ${ignoresCase ? sql`ilike` : sql`like`} ${pattern} escape ''`,
  exact: (text) => sql`(${text}) collate "C"`,
  number: (value) => sql`${value}::float8`,
  unindexed: (value) => value,
  join: sql`join`,
  using: () => sql``,
  isText: (column, text) => sql`${beginning(column)} = ${beginning(sql`${text}::text`)} and ${column} = ${text}`,
  indexedText: beginning,
  parts: { behindStep: ["timestamp", "value", "is_nan"], size: 20_000 },
  // It thinks that next to nothing is left, and would look row after row up.
  forAllRows: { before: [nestedLoops("off")], after: [nestedLoops("on")] },
  sortsTies: true,
  timeOrder: (time, isAscending) => (isAscending ? sql`${time} asc nulls first` : sql`${time} desc nulls last`),
  ordering: (value, isAscending): readonly RawBuilder<unknown>[] => [
    isAscending ? sql`${value} asc` : sql`${value} desc nulls last`,
  ],
};

function nestedLoops(state: "on" | "off"): Statement {
  return { sql: `set local enable_nestloop = ${state}`, parameters: [] };
}

function beginning(text: Value<string>): Value<string> {
  return sql`left(${text}, ${sql.lit(INDEXED_CHARACTERS)}) collate "C"`;
}

/** Columns that are no texts. */
const TYPES: Readonly<Record<string, string>> = {
  experiment_id: "int4",
  version: "int4",
  step: "int8",
  timestamp: "int8",
  metric_step: "int8",
  metric_timestamp_ms: "int8",
  metric_value: "float8",
  start_time: "int8",
  end_time: "int8",
  deleted_time: "int8",
  creation_time: "int8",
  last_update_time: "int8",
  is_nan: "bool",
};

const typeOf = (table: string, column: string): string =>
  column === "value" && table.endsWith("metrics") ? "float8" : (TYPES[column] ?? "text");

function insertArrays({ table, columns, rows, key }: NewRows, conflict: Conflict, behind = ""): Statement[] {
  if (rows.length === 0) return [];
  const arrays = columns.map((column, index) => `$${index + 1}::${typeOf(table, column)}[]`);
  const changed = columns
    .filter((column) => !key.includes(column))
    .map((column) => `"${column}" = excluded."${column}"`);
  const onConflict = {
    fail: "",
    keep: " on conflict do nothing",
    replace: ` on conflict (${columnList(key)}) do ${changed.length === 0 ? "nothing" : `update set ${changed.join(", ")}`}`,
  }[conflict];
  return [
    {
      sql: `insert into "${table}" (${columnList(columns)}) select * from unnest(${arrays.join(", ")})${onConflict}${behind}`,
      parameters: columns.map((_, index) => rows.map((row) => row[index])),
    },
  ];
}

import { MysqlAdapter, MysqlQueryCompiler, sql } from "kysely";
import { performAll, rowsOf, type Statement, type Steps } from "../steps";
import type { MetricRow } from "../tables";
import { columnList, compilerOf, type Conflict } from "./compiler";
import type { Dialect, NewRows, Value } from "./dialect";
import { isLater, latestRows } from "./latest-rows";

/** So many rows go into one statement, which a server takes up to a size. */
const ROWS_AT_ONCE = 1000;

const db = compilerOf(
  () => new MysqlAdapter(),
  () => new MysqlQueryCompiler(),
);

/** MySQL and MariaDB: texts are compared by bytes where it says so, and a point is compared with the latest before it is written. */
export const mysqlDialect: Dialect = {
  name: "mysql",
  db,
  insert: (rows) => insertValues(rows, "fail"),
  insertMissing: (rows) => insertValues(rows, "keep"),
  upsert: (rows) => insertValues(rows, "replace"),
  upsertLatest,
  isAmong: (value, values) => (values.length === 0 ? sql`1 = 0` : sql`${value} in (${sql.join(values)})`),
  like: (text, pattern, ignoresCase) =>
    ignoresCase
      ? sql`lower(${inUtf8(text)}) collate utf8mb4_bin like lower(${pattern}) escape ''`
      : sql`${inUtf8(text)} collate utf8mb4_bin like ${pattern} escape ''`,
  exact: (text) => sql`cast(${inUtf8(text)} as binary)`,
  number: (value) => sql`${value}`,
  unindexed: (value) => value,
  join: sql`straight_join`,
  using: (index) => sql`force index (${sql.raw(index)})`,
  isText: (column, text) => sql`${column} = ${text} and cast(${inUtf8(column)} as binary) = ${text}`,
  indexedText: () => undefined,
  // It sorts all that is left for each.
  parts: { behindStep: ["timestamp", "value", "is_nan"], size: 50_000 },
  forAllRows: { before: [], after: [] },
  sortsTies: false,
  timeOrder: (time, isAscending) => (isAscending ? sql`${time} asc` : sql`${time} desc`),
  ordering: (value, isAscending) => (isAscending ? [sql`${value} is null`, sql`${value} asc`] : [sql`${value} desc`]),
};

const inUtf8 = (text: Value<string>) => sql`convert(${text} using utf8mb4)`;

function* upsertLatest(rows: readonly MetricRow[]): Steps<void> {
  for (const row of rows.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const [there] = yield* rowsOf(
      db
        .selectFrom("latest_metrics")
        .select(["step", "timestamp", "value"])
        .where("run_uuid", "=", row.run_uuid)
        .where("key", "=", row.key)
        .forUpdate(),
    );
    if (there && !isLater(row.step, row.timestamp, row.value, there)) continue;
    yield* performAll(insertValues(latestRows([row]), "replace"));
  }
}

function insertValues({ table, columns, rows, key }: NewRows, conflict: Conflict): Statement[] {
  const statements: Statement[] = [];
  const places = `(${columns.map(() => "?").join(", ")})`;
  const changed = columns.filter((column) => !key.includes(column));
  // INSERT IGNORE would also cut what is too long.
  const updates = {
    fail: [],
    keep: key.slice(0, 1).map((column) => `\`${column}\` = \`${table}\`.\`${column}\``),
    replace: (changed.length > 0 ? changed : key).map((column) => `\`${column}\` = values(\`${column}\`)`),
  }[conflict];
  const onDuplicate = updates.length === 0 ? "" : ` on duplicate key update ${updates.join(", ")}`;
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    statements.push({
      sql: `insert into \`${table}\` (${columnList(columns, "`")}) values ${some.map(() => places).join(", ")}${onDuplicate}`,
      parameters: some.flat(),
    });
  }
  return statements;
}

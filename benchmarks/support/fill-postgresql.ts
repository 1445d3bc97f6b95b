import pg from "pg";
import { manyRuns } from "./many-runs";

/** What makes the searched tables' keys and indexes, in the order of the making: a million rows are sorted faster than put in their places. */
const ADDED = `
  select format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make,
    format('alter table %s drop constraint %I', conrelid::regclass, conname) as remove, case contype when 'p' then 1 else 3 end as place
  from pg_constraint
  where contype = 'p' and conrelid::regclass::text = any($1) or contype = 'f' and array[conrelid::regclass::text, confrelid::regclass::text] && $1
  union all
  select indexdef, format('drop index %I', indexname), 2 from pg_indexes
  where schemaname = 'public' and tablename = any($1) and indexname not in (select conname from pg_constraint)
  order by place`;

/** Makes many runs in a PostgreSQL database that has MLflow's schema and no runs. */
export async function fillPostgresql(uri: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: uri });
  await client.connect();
  const tables = ["runs", "params", "latest_metrics", "tags"];
  const { rows } = await client.query<{ make: string; remove: string }>(ADDED, [tables]);
  for (const { remove } of rows.toReversed()) await client.query(remove);
  await client.query("set maintenance_work_mem = '512MB'");
  for (const statement of manyRuns("postgresql", count)) await client.query(statement);
  for (const { make } of rows) await client.query(make);
  await client.query("vacuum analyze");
  await client.end();
}

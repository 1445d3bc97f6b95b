import type { Dialect } from "../dialects";

/** Queries that give the names of the tables in a database. */
export const TABLE_NAMES: Readonly<Record<Dialect["name"], string>> = {
  sqlite: "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'",
  postgresql: "select table_name as name from information_schema.tables where table_schema = current_schema()",
  mysql: "select table_name as name from information_schema.tables where table_schema = database()",
};

/** Queries that give the names of the indexes in a database. */
export const INDEX_NAMES: Readonly<Record<Dialect["name"], string>> = {
  sqlite: "select name from sqlite_master where type = 'index'",
  postgresql: "select indexname as name from pg_indexes where schemaname = current_schema()",
  mysql: "select distinct index_name as name from information_schema.statistics where table_schema = database()",
};

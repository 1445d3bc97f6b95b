export { INDEX_NAMES, TABLE_NAMES } from "./catalogue";
export { KEYED_TABLES, OUR_INDEX, ourIndexes } from "./our-indexes";
export { KNOWN_REVISIONS, OUR_REVISION } from "./revisions";
export { MYSQL_SCHEMA, POSTGRESQL_SCHEMA, prepareServerSchema } from "./server-schema";
export { prepareSqliteSchema } from "./sqlite-schema";

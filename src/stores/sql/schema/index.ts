export { INDEX_NAMES, TABLE_NAMES } from "./catalogue";
export { ourIndexes } from "./our-indexes";
export { KNOWN_REVISIONS, OUR_REVISION } from "./revisions";
export { MYSQL_SCHEMA, POSTGRESQL_SCHEMA, prepareServerSchema } from "./server-schema";
export { prepareSqliteSchema } from "./sqlite-schema";

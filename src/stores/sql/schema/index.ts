export { OUR_INDEXES } from "./our-indexes";
export { KNOWN_REVISIONS, OUR_REVISION } from "./revisions";
export { prepareSqliteSchema } from "./sqlite-schema";

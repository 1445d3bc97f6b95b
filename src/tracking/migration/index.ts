export { type MigrationOptions, migrate } from "./migrate";
export { COUNTED, type Counted, missingIn, type Tally } from "./tally";

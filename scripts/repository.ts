import { dirname, join } from "node:path";

/** The root folder of this repository. */
export const REPOSITORY = dirname(__dirname);

/** Where everything that the tests need and git does not hold is kept. */
export const CACHE = join(REPOSITORY, ".cache");

/** Where `npm run build` puts the package. */
export const DIST = join(REPOSITORY, "dist");

/** Vitest's JSON report, written when `CI` is set. */
export const TEST_REPORT = join(CACHE, "test-report.json");

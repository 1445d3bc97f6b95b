import { join } from "node:path";
import { type SearchPatience, sqliteStores } from "../../../src/stores/sql";
import { temporaryFolder } from "../../support/temporary-folder";
import { describeDatabaseSearch, PATIENCES } from "./database-search-suite";
import { describeGarbage } from "./garbage-suite";
import { describeRegistry } from "./registry-suite";
import { describeHistoryParts } from "./history-part-suite";
import { describeSampledHistories } from "./sampled-history-suite";
import { describeTrackingStore } from "./tracking-store-suite";
import { samples } from "../../support/samples";

const open = (patience?: SearchPatience) => {
  const folder = temporaryFolder();
  return sqliteStores({ path: join(folder, "mlflow.db"), artifactRoot: join(folder, "mlruns"), patience });
};

describeTrackingStore("a SQLite database", {
  open: () => open().tracking,
  // MLflow keeps the largest number for an infinity, SQLite no sign of a zero.
  numberKept: (value) => (value === 0 ? 0 : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))),
  answersEveryModelPoint: true,
});

describeRegistry("a SQLite database", {
  open: () => open().registry,
  openAgain: ({ uri }) => sqliteStores({ path: uri.replace("sqlite:///", "") }).registry,
});

for (const [name, patience] of Object.entries(PATIENCES))
  describeDatabaseSearch(`a SQLite database, by ${name},`, {
    open: () => open(patience).tracking,
    numRuns: samples(25),
  });

describeGarbage("a SQLite database", async () => open());

describeHistoryParts("a SQLite database", 20_000, { open: () => open().tracking });
describeSampledHistories("a SQLite database", { open: () => open().tracking });

import { join } from "node:path";
import { afterAll, beforeAll, describe, onTestFinished } from "vitest";
import { serverStores } from "../../../src/stores/sql";
import { type DatabaseServer, startMariadb, startPostgresql } from "../../support/database-server";
import { describeWithParts } from "../../support/parts";
import { temporaryFolder } from "../../support/temporary-folder";
import { describeDatabaseSearch } from "../../unit/stores/database-search-suite";
import { describeRegistry } from "../../unit/stores/registry-suite";
import { describeTrackingStore } from "../../unit/stores/tracking-store-suite";

/** Emptied before each test: making MLflow's whole schema takes a second. */
const TABLES = [
  "model_version_tags",
  "model_versions",
  "registered_model_aliases",
  "registered_model_tags",
  "registered_models",
  "input_tags",
  "inputs",
  "datasets",
  "logged_model_metrics",
  "logged_model_params",
  "logged_model_tags",
  "logged_models",
  "latest_metrics",
  "metrics",
  "params",
  "tags",
  "runs",
  "experiment_tags",
  "experiments",
];

describeWithParts(["postgresql"], "PostgreSQL", ({ postgresql }) => {
  describeServer("a PostgreSQL database", { start: () => startPostgresql(postgresql) });
});

describeWithParts(["mariadb"], "MariaDB", ({ mariadb }) => {
  // MLflow's schema keeps such tags in a TEXT, which is 64 KB there.
  describeServer("a MariaDB database", { start: () => startMariadb(mariadb), longestTag: 65_535 });
});

interface Server {
  readonly start: () => Promise<DatabaseServer>;
  readonly longestTag?: number;
}

function describeServer(name: string, { start, longestTag }: Server): void {
  let server: DatabaseServer;
  let isNew = true;
  beforeAll(async () => {
    server = await start();
  }, 120_000);
  afterAll(() => server.stop());

  const open = async () => {
    if (!isNew) await server.run("suite", TABLES.map((table) => `delete from ${table}`).join("; "));
    isNew = false;
    return openAgain(await server.database("suite"));
  };
  const openAgain = (uri: string) => {
    const stores = serverStores({ uri, artifactRoot: join(temporaryFolder(), "mlruns") });
    onTestFinished(() => stores.close());
    return stores;
  };
  describe("the suites of every store", { timeout: 60_000 }, () => {
    describeTrackingStore(name, {
      open: async () => (await open()).tracking,
      // MLflow keeps the largest number for an infinity; the sign of a zero is lost on the way.
      numberKept: (value) => (value === 0 ? 0 : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))),
      answersEveryModelPoint: true,
    });
    describeRegistry(name, {
      open: async () => (await open()).registry,
      openAgain: ({ uri }) => openAgain(uri).registry,
      longestTag,
    });
    describeDatabaseSearch(name, { open: async () => (await open()).tracking, numRuns: 15 });
  });
}

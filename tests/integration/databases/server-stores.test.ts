import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { serverStores } from "../../../src/stores/sql";
import { type DatabaseServer, startMariadb, startPostgresql } from "../../support/database-server";
import { PACKAGE } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";
import { runNode } from "../../support/run-node";
import { temporaryFolder } from "../../support/temporary-folder";
import { describeDatabaseSearch } from "../../unit/stores/database-search-suite";
import { describeRegistry } from "../../unit/stores/registry-suite";
import { describeTrackingStore } from "../../unit/stores/tracking-store-suite";

/** Logs 1,000 points and a param, and says what is stored of them. */
const SCRIPT = `
  const { endRun, logMetric, logParam, startRun, TrackingClient } = require(${JSON.stringify(PACKAGE)});
  const { id } = startRun();
  for (let step = 0; step < 1000; step++) logMetric("loss", 1 / (step + 1), { step });
  logParam("lr", 1);
  endRun().then(async () => {
    const client = new TrackingClient();
    const { info, data } = await client.getRun(id);
    const { length } = await client.getMetricHistory(id, "loss");
    console.log(info.status, data.metrics.loss, data.params.lr, length);
  });`;

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
    test(`${name} takes what the verbs of a script record`, async () => {
      const uri = await server.database("fluent");
      // The whole schema takes longer to make than a script waits for its first run.
      expect((await openAgain(uri).tracking.searchExperiments({})).items).toHaveLength(1);
      const ended = await runNode(process.execPath, ["-e", SCRIPT], temporaryFolder(), { MLFLOW_TRACKING_URI: uri });
      expect(ended).toEqual({ code: 0, stderr: "", stdout: "FINISHED 0.001 1 1000\n" });
    });
    describeDatabaseSearch(name, { open: async () => (await open()).tracking, numRuns: 15 });
  });
}

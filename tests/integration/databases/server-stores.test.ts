import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { examineDatabase, type SearchPatience, type ServerStoreOptions, serverStores } from "../../../src/stores/sql";
import { type DatabaseServer, startMariadb, startPostgresql } from "../../support/database-server";
import { rejectionOf } from "../../support/error-of";
import { PACKAGE } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";
import { runNode } from "../../support/run-node";
import { silentNetwork } from "../../support/silent-network";
import { temporaryFolder } from "../../support/temporary-folder";
import { describeDatabaseSearch, PATIENCES } from "../../unit/stores/database-search-suite";
import { describeGarbage } from "../../unit/stores/garbage-suite";
import { describeRegistry } from "../../unit/stores/registry-suite";
import { describeHistoryParts } from "../../unit/stores/history-part-suite";
import { describeSampledHistories } from "../../unit/stores/sampled-history-suite";
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

/** Makes MLflow's schema in a database. */
const MAKER = `
  const { TrackingClient } = require(${JSON.stringify(PACKAGE)});
  new TrackingClient(process.argv[1]).searchExperiments().then(() => process.exit());`;

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
  describeServer("a MariaDB database", { start: () => startMariadb(mariadb), longestTag: 65_535, ignoresCase: true });
});

interface Server {
  readonly start: () => Promise<DatabaseServer>;
  readonly longestTag?: number;
  /** Keys that differ in case are one. */
  readonly ignoresCase?: boolean;
}

function describeServer(name: string, { start, longestTag, ignoresCase = false }: Server): void {
  let server: DatabaseServer;
  let isNew = true;
  beforeAll(async () => {
    server = await start();
  }, 120_000);
  afterAll(() => server.stop());

  const open = async (patience?: SearchPatience) => {
    if (!isNew) await server.run("suite", TABLES.map((table) => `delete from ${table}`).join("; "));
    isNew = false;
    return openAgain(await server.database("suite"), { patience });
  };
  const openAgain = (uri: string, options: Partial<ServerStoreOptions> = {}) => {
    const stores = serverStores({ uri, artifactRoot: join(temporaryFolder(), "mlruns"), ...options });
    onTestFinished(() => stores.close());
    return stores;
  };
  describe("the suites of every store", () => {
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
      const ended = await runNode(process.execPath, ["-e", SCRIPT], temporaryFolder(), {
        MLFLOW_TRACKING_URI: uri,
        TRACKBOOK_CONNECT_TIMEOUT: "20000",
      });
      expect(ended).toEqual({ code: 0, stderr: "", stdout: "FINISHED 0.001 1 1000\n" });
    });
    test(`${name} says at once of a param that its key is taken`, async () => {
      const { tracking } = await open();
      const experimentId = await tracking.createExperiment("keys");
      const run = await tracking.createRun({ experimentId, runName: "r", userId: "u", startTime: 1, tags: [] });
      const log = (key: string) => tracking.logBatch(run.info.runId, { params: [{ key, value: key }] });
      await log("lr");
      if (!ignoresCase) await log("LR");
      else expect(await rejectionOf(log("LR"))).toMatchObject({ code: "INVALID_PARAMETER_VALUE" });
      expect(Object.keys((await tracking.getRun(run.info.runId)).data.params)).toHaveLength(ignoresCase ? 1 : 2);
    });
    test(`${name} that is empty is made by one of several, and the others wait`, async () => {
      const uri = await server.database("at_once");
      const made = await Promise.all(["a", "b", "c"].map((one) => openAgain(uri).tracking.createExperiment(one)));
      expect(made.map(Number).sort()).toEqual([1, 2, 3]);
    });
    test(`${name} whose making was interrupted is completed`, async () => {
      const uri = await server.database("killed");
      const maker = spawn(process.execPath, ["-e", MAKER, uri], { cwd: temporaryFolder(), stdio: "ignore" });
      const ended = new Promise((resolve) => maker.once("exit", resolve));
      const begun = () =>
        server.run("killed", "select 1 from metrics").then(
          () => true,
          () => false,
        );
      await vi.waitUntil(async () => maker.exitCode !== null || (await begun()), { timeout: 30_000, interval: 5 });
      maker.kill("SIGKILL");
      await ended;
      const { tracking, registry } = openAgain(uri);
      expect(await tracking.createExperiment("mine")).toBe("1");
      expect((await registry.searchRegisteredModels({})).items).toEqual([]);
      expect(await examineDatabase(uri)).toMatchObject({ mlflowVersion: "3.17" });
    });
    test(`${name} that falls silent is given up, and asked anew when it is back`, async () => {
      const uri = new URL(await server.database("suite"));
      const network = await silentNetwork(Number(uri.port));
      onTestFinished(() => network.close());
      uri.port = String(network.port);
      const { tracking } = openAgain(uri.href, { answerWithin: 5000 });
      expect((await tracking.getExperiment("0")).name).toBe("Default");
      network.cut();
      const failure = await rejectionOf(tracking.getExperiment("0"));
      expect(failure).toMatchObject({ code: "TEMPORARILY_UNAVAILABLE" });
      network.mend();
      expect((await tracking.getExperiment("0")).name).toBe("Default");
    });
    describeGarbage(name, () => open());
    describeHistoryParts(name, 60_000, { open: async () => (await open()).tracking });
    describeSampledHistories(name, { open: async () => (await open()).tracking });
    for (const [way, patience] of Object.entries(PATIENCES))
      describeDatabaseSearch(`${name}, by ${way},`, { open: async () => (await open(patience)).tracking, numRuns: 8 });
  });
}

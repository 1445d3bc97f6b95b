// A project's program: `fill` and `read` a store, `hold` a database for a while as another writer does.
const { TrackingClient, endRun, logMetric, logParam, startRun } = require("trackbook");

const steps = {
  async fill() {
    startRun({ runName: "first é" });
    for (let step = 0; step < 1000; step++) logMetric("loss", 1 / (step + 1), { step });
    logMetric("odd", Number.NaN);
    logMetric("odd", Number.POSITIVE_INFINITY);
    logParam("lr", 0.1);
    await endRun();
    const client = new TrackingClient();
    await client.createRegisteredModel("wine");
    await client.createModelVersion("wine", "/model");
    await client.setRegisteredModelAlias("wine", "champion", 1);
    // Beyond what a double holds exactly, and dates that need more than 32 bits.
    const { runId } = (await client.createRun("0", { runName: "second", startTime: 4_102_444_800_000 })).info;
    await client.logMetric(runId, "loss", 0.3, { step: Number.MAX_SAFE_INTEGER, timestamp: 4_102_444_800_001 });
    await client.setTerminated(runId, { endTime: 4_102_444_800_002 });
    return steps.read();
  },

  async read() {
    const client = new TrackingClient();
    const runs = await client.searchRuns(["0"], {
      filter: "metrics.loss < 0.5 AND attributes.run_name ILIKE '%S%'",
      orderBy: ["metrics.loss ASC"],
    });
    const read = runs.map(async ({ info, data }) => ({
      name: info.runName,
      status: info.status,
      late: info.startTime === 4_102_444_800_000 && info.endTime,
      params: data.params,
      metrics: Object.entries(data.metrics).map(([key, value]) => [key, String(value)]),
      points: (await client.getMetricHistory(info.runId, "loss")).slice(-1).map(({ step, value }) => [step, value]),
    }));
    const { version } = await client.getModelVersionByAlias("wine", "champion");
    return { runs: await Promise.all(read), version };
  },

  /** Writes while another process holds the database. */
  async wait() {
    const { spawn } = require("node:child_process");
    const { createInterface } = require("node:readline");
    const client = new TrackingClient();
    await client.searchExperiments();
    const args = ["--no-warnings", __filename, "hold"];
    const holder = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const said = createInterface({ input: holder.stdout })[Symbol.asyncIterator]();
    await said.next();
    const { runId } = (await client.createRun("0", { runName: "waited" })).info;
    const written = Date.now();
    const released = Number((await said.next()).value);
    return { waited: written >= released, found: (await client.getRun(runId)).info.runName };
  },

  hold() {
    const { DatabaseSync } = require("node:sqlite");
    const database = new DatabaseSync(process.env.MLFLOW_TRACKING_URI.replace("sqlite:///", ""));
    database.exec("begin immediate");
    console.log("held");
    setTimeout(() => {
      console.log(Date.now());
      database.exec("rollback");
    }, 500);
    return undefined;
  },
};

Promise.resolve(steps[process.argv[2]]()).then(
  (answer) => answer && console.log(JSON.stringify(answer)),
  ({ code, hint }) => console.log(JSON.stringify({ code, hint })),
);

/** One of several processes that write to a store at once: `writer.ts COMMAND ROOT GATE NUMBER [RUN]`. It begins when the file GATE is there. */
import { existsSync, writeFileSync } from "node:fs";
import { pause, TrackbookError } from "../../../src/core";
import { openArtifacts } from "../../../src/artifacts";
import { openTrackingStore } from "../../../src/stores";
import { TrackingClient } from "../../../src/tracking";

const [command, root, gate, number, runId = ""] = process.argv.slice(2) as [string, string, string, string, string?];
const store = openTrackingStore(root);
const mine = Number(number);

/** Makes an experiment that all make, and runs in it. */
function createAll() {
  const experiments = ["shared", "shared too"].map((name) => {
    try {
      return { created: true, experimentId: store.createExperiment(name) };
    } catch (error) {
      if (!(error instanceof TrackbookError) || error.code !== "RESOURCE_ALREADY_EXISTS") throw error;
      return { created: false, experimentId: store.getExperimentByName(name)?.experimentId };
    }
  });
  const { experimentId } = experiments[0] as { experimentId: string };
  const runIds = Array.from({ length: 20 }, (_, index) => {
    const runName = `run ${mine}-${index}`;
    const run = store.createRun({
      experimentId: index % 2 ? "0" : experimentId,
      runName,
      userId: "u",
      startTime: 1,
      tags: [],
    });
    store.logBatch(run.info.runId, {
      params: [{ key: "writer", value: number }],
      metrics: [{ key: "loss", values: [mine, index], steps: [0, 1], timestamps: [1, 2] }],
    });
    store.updateRun(run.info.runId, { status: "FINISHED", endTime: 2 });
    return run.info.runId;
  });
  return { experiments, runIds };
}

/** Writes to one run that others write to: points of its own, and params that only one may have. */
function share() {
  const won: string[] = [];
  for (let batch = 0; batch < 60; batch++) {
    const steps = Array.from({ length: 50 }, (_, index) => batch * 50 + index);
    const values = steps.map((step) => mine * 100_000 + step);
    store.logBatch(runId, {
      metrics: [{ key: "loss", values, steps, timestamps: steps }],
      tags: [{ key: "last", value: number }],
    });
    try {
      store.logBatch(runId, { params: [{ key: `p${batch}`, value: number }] });
      won.push(`p${batch}`);
    } catch (error) {
      if (!(error instanceof TrackbookError) || error.code !== "INVALID_PARAMETER_VALUE") throw error;
    }
  }
  return { won };
}

/** Logs rows of its own to a table that all log to, and to one of its own. */
async function tables() {
  const client = new TrackingClient(root);
  for (let row = 0; row < 40; row++) {
    await client.logTable(runId, [{ writer: mine, row }], "rows/all.json");
    if (row % 10 === 0) await client.logTable(runId, [{ row }], `rows/${mine}-${row}.json`);
  }
  return {};
}

/** Is in the midst of a change to the artifacts until it is killed. */
function hold(): void {
  openArtifacts(store.getRun(runId).info.artifactUri).exclusively(() => {
    writeFileSync(`${gate}.held`, "");
    for (;;);
  });
}

/** Writes until it is killed. */
function never(): never {
  for (let step = 0; ; step++)
    store.logBatch(runId, { metrics: [{ key: "loss", values: [step], steps: [step], timestamps: [step] }] });
}

writeFileSync(`${gate}.${number}`, "");
while (!existsSync(gate)) pause(1);
void (async () => {
  console.log(JSON.stringify(await { createAll, share, tables, hold, never }[command as "share"]()));
})();

/** Goes on with the run of each folder that a cut process has left: `continue.cjs < [{ "store": …, "runId"?: … }]`. Prints the run ids. */
"use strict";
const { readFileSync } = require("node:fs");
const trackbook = require("trackbook");

async function main() {
  const ids = [];
  for (const { store, runId } of JSON.parse(readFileSync(0, "utf8"))) {
    trackbook.setTrackingUri(store);
    trackbook.setExperiment("faults");
    const run = trackbook.startRun({ runId });
    trackbook.logMetric("loss", 1000, { step: 1000 });
    trackbook.logParams({ rate: 0.1, long: "x".repeat(400), "nested/one": "größer" });
    trackbook.setTag("continued", true);
    await run.end();
    ids.push(run.id);
  }
  console.log(JSON.stringify(ids));
}
void main();

/** Logs and trains into a run, and notes in the file ACKNOWLEDGED, on disk, what a flush has promised. */
"use strict";
const { fsyncSync, openSync, writeSync } = require("node:fs");
const trackbook = require("trackbook");
const { SimpleLinearRegression } = require("ml-regression");

const file = openSync(process.env.ACKNOWLEDGED, "a");
async function acknowledge(what) {
  await trackbook.flush();
  writeSync(file, `${what}\n`);
  fsyncSync(file);
}

async function main() {
  trackbook.setExperiment("faults");
  const run = trackbook.startRun({ runName: "cut" });
  await acknowledge(`run ${run.id}`);
  trackbook.logParams({ rate: 0.1, long: "x".repeat(400), "nested/one": "größer" });
  trackbook.setTags({ team: "red", "nested/two": "y".repeat(400) });
  await acknowledge("keys");
  for (let step = 0; step < 600; step++) {
    for (const key of ["loss", "accuracy", "val/loss"]) trackbook.logMetric(key, step + 0.12345678, { step });
    if (step % 150 === 149) await acknowledge(`points ${step + 1}`);
  }
  const rows = [
    { x: 1, y: 2 },
    { x: 2, y: 4.5 },
  ];
  trackbook.logInput(trackbook.dataset(rows, { name: "rows", targets: "y" }), { context: "train" });
  await acknowledge("data");
  trackbook.logText("z".repeat(5000), "notes/a.txt");
  trackbook.logArtifact(__filename, "files");
  trackbook.setTag("team", "blue");
  await acknowledge("artifact");
  trackbook.autolog({ logModels: true });
  new SimpleLinearRegression([1, 2, 3, 4], [2, 4, 6, 9]);
  await acknowledge("training");
  await run.end();
  await acknowledge("end");
}
void main();

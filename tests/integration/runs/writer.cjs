/** One of several processes that write by the public verbs at once: `writer.cjs many NUMBER`, `writer.cjs one NUMBER` (the run is MLFLOW_RUN_ID). They begin when the file `go` is there. */
"use strict";
const { existsSync, writeFileSync } = require("node:fs");
const trackbook = require("trackbook");
const { SimpleLinearRegression } = require("ml-regression");

const [command, number] = process.argv.slice(2);
const x = [1, 2, 3, 4];
const line = () => new SimpleLinearRegression(x, [2, 4, 6, Number(number)]);

/** Runs of its own in the experiment of all. */
async function many() {
  trackbook.setExperiment("shared");
  for (let i = 0; i < 3; i++) {
    trackbook.startRun({ runName: `${number}-${i}` });
    trackbook.logParams({ writer: number, index: i });
    for (let step = 0; step < 200; step++) trackbook.logMetric("loss", step / 7, { step });
    trackbook.logText(`text of ${number}-${i}`, "notes/text.txt");
    line();
    await trackbook.endRun();
  }
}

/** Everything that can be written to a run that others write to as well. */
async function one() {
  const model = line();
  for (let i = 0; i < 12; i++) {
    trackbook.logParam(`param ${number}-${i}`, i);
    trackbook.logMetric("shared", i, { step: i });
    trackbook.logMetric(`metric ${number}`, i, { step: i });
    trackbook.setTags({ [`tag ${number}-${i}`]: i, last: `${number}`.repeat(2000) });
    trackbook.logText(`${number}`.repeat(50_000), "notes/all.txt");
    trackbook.logText(`${i}`, `notes/${number}-${i}.txt`);
    trackbook.logTable([{ writer: number, row: i }], "table.json");
    const rows = x.map((value) => ({ value, writer: Number(number), i }));
    trackbook.logInput(trackbook.dataset(rows, { name: `data ${number}-${i}` }), { context: "train" });
    if (i === 0) await trackbook.logModel(model, `model ${number}-${i}`);
    await trackbook.flush();
  }
  await trackbook.endRun("FAILED");
}

writeFileSync(`ready.${number}`, "");
const wait = setInterval(() => {
  if (!existsSync("go")) return;
  clearInterval(wait);
  trackbook.autolog({ logSource: false });
  void { many, one }[command]();
}, 2);

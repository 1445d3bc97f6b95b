/**
 * A piece of a program that makes the folders and files of a run as a file store must, and nothing else: `makeRun(experiment, keyed)`, where `keyed`
 * are the params and metrics that are published whole, and `endRun(folder)`, which replaces its meta.yaml. What nobody gets below.
 */
export const BARE_RUN = `
const { linkSync, mkdirSync, renameSync, unlinkSync, writeFileSync } = require("node:fs");
const META = "x".repeat(380);
let count = 0;
const endRun = (folder) => {
  writeFileSync(folder + "/.meta.tmp", META);
  renameSync(folder + "/.meta.tmp", folder + "/meta.yaml");
};
const makeRun = (experiment, keyed) => {
  const folder = experiment + "/" + process.pid + "-" + count++;
  mkdirSync(folder);
  for (const name of ["metrics", "params", "artifacts", "tags"]) mkdirSync(folder + "/" + name);
  for (const name of ["user", "source.name", "source.type", "runName"]) writeFileSync(folder + "/tags/mlflow." + name, "text");
  endRun(folder);
  for (const key of keyed) {
    writeFileSync(folder + "/.key.tmp", "0.14285714285714285");
    linkSync(folder + "/.key.tmp", folder + "/" + key);
    unlinkSync(folder + "/.key.tmp");
  }
  return folder;
};`;

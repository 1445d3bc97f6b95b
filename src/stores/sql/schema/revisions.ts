/** The revision of MLflow's schema that trackbook writes: that of 3.17. */
export const OUR_REVISION = "dc11669786a5";

/** The revisions that it can use: their tables for runs, experiments and registered models are the same. */
export const KNOWN_REVISIONS: ReadonlyMap<string, string> = new Map([
  [OUR_REVISION, "3.17"],
  ["f4a9b2c7d1e6", "3.18"],
]);

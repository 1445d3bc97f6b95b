import { anything } from "../wrong-calls";
import { type Case, client, DATA, NO_OPTIONS, PIXELS } from "./case";

/** A client's operations on experiments, runs and what is logged to them. */
export const CLIENT_ON_RUNS = {
  createExperiment: { right: () => client().createExperiment("a"), wrong: [() => client().createExperiment("")] },
  getExperiment: { right: async () => (await client().getExperiment("1")).experimentId, answers: "1" },
  getExperimentByName: { right: async () => (await client().getExperimentByName("a"))?.name, answers: "a" },
  searchExperiments: {
    right: () => client().searchExperiments(),
    answers: [],
    wrong: [() => client().searchExperiments(NO_OPTIONS)],
  },
  renameExperiment: {
    right: () => client().renameExperiment("1", "b"),
    wrong: [() => client().renameExperiment("1", "")],
  },
  deleteExperiment: { right: () => client().deleteExperiment("1"), wrong: [() => client().deleteExperiment("")] },
  restoreExperiment: { right: () => client().restoreExperiment("1"), wrong: [() => client().restoreExperiment("")] },
  setExperimentTag: {
    right: () => client().setExperimentTag("1", "a", 1),
    wrong: [() => client().setExperimentTag("1", "", 1)],
  },
  deleteExperimentTag: {
    right: () => client().deleteExperimentTag("1", "a"),
    wrong: [() => client().deleteExperimentTag("1", "")],
  },
  createRun: {
    right: async () => (await client().createRun("1", { runName: "a", tags: { b: 1 } })).data.tags,
    answers: { b: "1" },
    wrong: [() => client().createRun("1", NO_OPTIONS)],
  },
  getRun: { right: () => client().getRun("1"), misses: "RESOURCE_DOES_NOT_EXIST", wrong: [() => client().getRun("")] },
  getParentRun: { right: () => client().getParentRun("1"), misses: "RESOURCE_DOES_NOT_EXIST" },
  searchRuns: { right: () => client().searchRuns(["1"]), answers: [], wrong: [() => client().searchRuns(anything(1))] },
  getMetricHistory: {
    right: () => client().getMetricHistory("1", "a"),
    answers: [],
    wrong: [() => client().getMetricHistory("1", "")],
  },
  updateRun: {
    right: () => client().updateRun("1", { name: "b" }),
    wrong: [() => client().updateRun("1", NO_OPTIONS)],
  },
  setTerminated: {
    right: () => client().setTerminated("1"),
    wrong: [() => client().setTerminated("1", { status: anything("X") })],
  },
  deleteRun: { right: () => client().deleteRun("1"), wrong: [() => client().deleteRun("")] },
  restoreRun: { right: () => client().restoreRun("1"), wrong: [() => client().restoreRun("")] },
  logMetric: {
    right: () => client().logMetric("1", "a", 1),
    wrong: [() => client().logMetric("1", "a", anything("x"))],
  },
  logParam: { right: () => client().logParam("1", "a", 1), wrong: [() => client().logParam("1", "..", 1)] },
  setTag: { right: () => client().setTag("1", "a", 1), wrong: [() => client().setTag("1", "..", 1)] },
  deleteTag: { right: () => client().deleteTag("1", "a"), wrong: [() => client().deleteTag("1", "..")] },
  logBatch: {
    right: () => client().logBatch("1", { params: [{ key: "a", value: 1 }], metrics: [{ key: "m", value: 1 }] }),
    wrong: [() => client().logBatch("1", { params: [{ key: "", value: 1 }] })],
  },
  logInputs: {
    right: () => client().logInputs("1", { datasets: [{ dataset: DATA, tags: {} }] }),
    wrong: [() => client().logInputs("1", { datasets: [anything({})] })],
  },
  logOutputs: {
    right: () => client().logOutputs("1", [{ modelId: "m-1", step: 0 }]),
    wrong: [() => client().logOutputs("1", anything(1))],
  },
  logArtifact: {
    right: () => client().logArtifact("1", "data/a.txt"),
    wrong: [() => client().logArtifact("1", "none")],
  },
  logArtifacts: {
    right: () => client().logArtifacts("1", "data"),
    wrong: [() => client().logArtifacts("1", "data/a.txt")],
  },
  logText: { right: () => client().logText("1", "a", "a.txt"), wrong: [() => client().logText("1", "a", "../a")] },
  logDict: { right: () => client().logDict("1", {}, "a.json"), wrong: [() => client().logDict("1", 1n, "a.json")] },
  logFigure: {
    right: () => client().logFigure("1", "<svg/>", "a.svg"),
    wrong: [() => client().logFigure("1", anything(1), "a")],
  },
  logImage: {
    right: () => client().logImage("1", PIXELS, "steps"),
    wrong: [() => client().logImage("1", PIXELS, "k%")],
  },
  logTable: {
    right: () => client().logTable("1", [{ a: 1 }], "a.json"),
    wrong: [() => client().logTable("1", [], "a.csv")],
  },
  listArtifacts: {
    right: () => client().listArtifacts("1"),
    answers: [],
    wrong: [() => client().listArtifacts("1", NO_OPTIONS)],
  },
  downloadArtifacts: {
    right: () => client().downloadArtifacts("1", "a"),
    misses: "RESOURCE_DOES_NOT_EXIST",
    wrong: [() => client().downloadArtifacts("1", "../a")],
  },
} satisfies Readonly<Record<string, Case>>;

import { expect } from "vitest";
import * as trackbook from "../../../../src";
import { FAKE } from "../../autolog/fake-library";
import { anything } from "../wrong-calls";
import { type Case, DATA, MODEL, NO_OPTIONS, PIXELS } from "./case";

/** What is exported and does nothing by itself. */
export type NoVerb =
  | "ActiveRun"
  | "InvalidInputError"
  | "Run"
  | "RunList"
  | "StoreError"
  | "TrackbookError"
  | "TrackingClient";
/** The same as a list. */
export const NO_VERBS: readonly NoVerb[] = [
  ...(["ActiveRun", "InvalidInputError", "Run", "RunList", "StoreError", "TrackbookError", "TrackingClient"] as const),
];

/** Every other export of the package. */
export const FLUENT: Readonly<Record<Exclude<keyof typeof trackbook, NoVerb>, Case>> = {
  autolog: {
    right: () => trackbook.autolog({ logModels: false, tfjs: { everyNSteps: 2 } }),
    wrong: [() => trackbook.autolog({ logModel: true } as never), () => trackbook.autolog({ everyNEpochs: 0 })],
  },
  onTraining: { right: () => trackbook.onTraining(() => {})(), wrong: [() => trackbook.onTraining(anything(1))] },
  registerIntegration: {
    right: () => trackbook.registerIntegration({ ...FAKE, name: "ml-disabled" }),
    wrong: [() => trackbook.registerIntegration(anything({ name: "x" }))],
  },
  track: {
    right: () => trackbook.track((a: number, b: number) => a + b)(1, 2),
    answers: 3,
    wrong: [() => trackbook.track(anything("text"))],
  },
  activeRun: { right: () => trackbook.activeRun(), answers: undefined },
  lastActiveRun: { right: () => trackbook.startRun().id === trackbook.lastActiveRun()?.id, answers: true },
  startRun: {
    right: () =>
      trackbook.startRun({ runName: "a", description: "b", logSystemMetrics: true }, async ({ name }) => name),
    answers: "a",
    wrong: [() => trackbook.startRun(NO_OPTIONS), () => trackbook.startRun({ tags: { "a//b": 1 } })],
  },
  endRun: {
    right: () => trackbook.startRun() && trackbook.endRun("FAILED"),
    wrong: [() => trackbook.endRun(anything("X"))],
  },
  flush: { right: () => trackbook.flush() },
  logParam: { right: () => trackbook.logParam("a", 1), wrong: [() => trackbook.logParam("a", 2)] },
  logParams: { right: () => trackbook.logParams({ a: 1 }), wrong: [() => trackbook.logParams(anything(1))] },
  logMetric: {
    right: () => trackbook.logMetric("a", 1, { step: 2 }),
    wrong: [() => trackbook.logMetric("a", anything(""))],
  },
  logMetrics: { right: () => trackbook.logMetrics({ a: 1 }), wrong: [() => trackbook.logMetrics({ "..": 1 })] },
  setTag: { right: () => trackbook.setTag("a", 1), wrong: [() => trackbook.setTag("", 1)] },
  setTags: { right: () => trackbook.setTags({ a: 1 }), wrong: [() => trackbook.setTags({ a: Symbol("s") })] },
  deleteTag: { right: () => trackbook.deleteTag("never set"), wrong: [() => trackbook.deleteTag("a//b")] },
  logInput: {
    right: () => trackbook.logInput(DATA, { context: "train" }),
    wrong: [() => trackbook.logInput(anything({}))],
  },
  logArtifact: { right: () => trackbook.logArtifact("data/a.txt"), wrong: [() => trackbook.logArtifact("none.txt")] },
  logArtifacts: { right: () => trackbook.logArtifacts("data"), wrong: [() => trackbook.logArtifacts("data/a.txt")] },
  logText: { right: () => trackbook.logText("a", "a.txt"), wrong: [() => trackbook.logText("a", "../a")] },
  logDict: { right: () => trackbook.logDict({ a: 1 }, "a.yaml"), wrong: [() => trackbook.logDict(1n, "a.json")] },
  logTable: { right: () => trackbook.logTable([{ a: 1 }], "a.json"), wrong: [() => trackbook.logTable([], "a.csv")] },
  logFigure: {
    right: () => trackbook.logFigure("<svg/>", "a.svg"),
    wrong: [() => trackbook.logFigure(anything(1), "a")],
  },
  logImage: {
    right: () => trackbook.logImage(PIXELS, "steps", { step: 1 }),
    wrong: [() => trackbook.logImage(PIXELS, "k%")],
  },
  logModel: {
    right: async () => (await trackbook.logModel(MODEL, "deep/m", { params: { a: 1 } })).name,
    answers: "deep/m",
    wrong: [
      () => trackbook.logModel({}, "m"),
      () => trackbook.logModel(MODEL, "../m"),
      () => trackbook.logModel(MODEL, "m", { signature: anything(1) }),
      () => trackbook.logModel(MODEL, "m", { params: { "a//b": 1 } }),
      () => trackbook.logModel(MODEL, "m", { codePaths: anything("x") }),
      () => trackbook.logModel(MODEL, "m", { registeredModelName: "" }),
      () => trackbook.logModel(MODEL, "m", NO_OPTIONS),
    ],
  },
  saveModel: {
    right: async () => {
      await trackbook.saveModel(MODEL, "saved");
      await trackbook
        .saveModel(MODEL, "saved")
        .catch((error: { code: string }) => expect(error.code).toBe("RESOURCE_ALREADY_EXISTS"));
    },
    wrong: [() => trackbook.saveModel({}, "m"), () => trackbook.saveModel(MODEL, "")],
  },
  loadModel: {
    right: async () => trackbook.loadModel((await trackbook.logModel(MODEL, "m")).modelUri),
    misses: "RESOURCE_DOES_NOT_EXIST",
    wrong: [() => trackbook.loadModel(anything(1))],
  },
  registerModel: {
    right: async () => (await trackbook.registerModel((await trackbook.logModel(MODEL, "m")).modelUri, "wine")).name,
    answers: "wine",
    wrong: [() => trackbook.registerModel("models:/m-1", "a/b:")],
  },
  dataset: {
    right: () => trackbook.dataset([{ a: 1 }]).name,
    answers: "dataset",
    wrong: [() => trackbook.dataset(1n)],
  },
  inferSignature: {
    right: () => String(trackbook.inferSignature([{ a: 1 }])),
    wrong: [() => trackbook.inferSignature()],
  },
  declareSignature: { right: () => String(trackbook.declareSignature({ inputs: { a: "double" } } as never)) },
  setTrackingUri: {
    right: () => {
      for (const uri of [
        "",
        "elsewhere",
        "file:there",
        "https://host/x",
        "postgresql+psycopg2://host/db",
        "databricks",
      ])
        trackbook.setTrackingUri(uri);
    },
    wrong: [() => trackbook.setTrackingUri("gopher://x"), () => trackbook.setTrackingUri(anything(1))],
  },
  getTrackingUri: { right: () => trackbook.getTrackingUri(), answers: "http://127.0.0.1:9/nobody" },
  setRegistryUri: {
    right: () => trackbook.setRegistryUri("http://host"),
    wrong: [() => trackbook.setRegistryUri(anything(1))],
  },
  setExperiment: { right: () => trackbook.setExperiment("new"), wrong: [() => trackbook.setExperiment("")] },
  setExperimentTag: {
    right: () => trackbook.setExperimentTag("a", 1),
    wrong: [() => trackbook.setExperimentTag("..", 1)],
  },
  setExperimentTags: {
    right: () => trackbook.setExperimentTags({ a: 1 }),
    wrong: [() => trackbook.setExperimentTags({ a: "x".repeat(20_001) })],
  },
  getExperiment: { right: async () => (await trackbook.getExperiment("7")).experimentId, answers: "7" },
  getExperimentByName: { right: async () => (await trackbook.getExperimentByName("iris"))?.name, answers: "iris" },
  getRun: { right: () => trackbook.getRun(trackbook.startRun().id), misses: "RESOURCE_DOES_NOT_EXIST" },
  searchRuns: {
    right: () => trackbook.searchRuns({ experimentNames: ["iris"], filter: "metrics.loss < 1" }),
    answers: [],
    wrong: [() => trackbook.searchRuns({ filter: "metrics.loss ~ 1" }), () => trackbook.searchRuns(NO_OPTIONS)],
  },
  searchExperiments: {
    right: () => trackbook.searchExperiments({ viewType: "ALL" }),
    answers: [],
    wrong: [() => trackbook.searchExperiments({ orderBy: ["nothing"] })],
  },
  searchLoggedModels: {
    right: () => trackbook.searchLoggedModels({ filter: "name = 'a'" }),
    answers: [],
    wrong: [() => trackbook.searchLoggedModels({ filter: "name" })],
  },
  searchRegisteredModels: {
    right: () => trackbook.searchRegisteredModels({ filter: "name = 'a'" }),
    answers: [],
    wrong: [() => trackbook.searchRegisteredModels({ filter: "name" })],
  },
  searchModelVersions: {
    right: () => trackbook.searchModelVersions({ filter: "name = 'a'" }),
    answers: [],
    wrong: [() => trackbook.searchModelVersions({ filter: "name" })],
  },
  getArtifactUri: { right: () => trackbook.getArtifactUri("a").endsWith("/artifacts/a"), answers: true },
  listArtifacts: {
    right: () => trackbook.listArtifacts("", { runId: trackbook.startRun().id }),
    answers: [],
    wrong: [() => trackbook.listArtifacts("../x", { runId: "1" })],
  },
  downloadArtifacts: {
    right: () => trackbook.downloadArtifacts("a.txt", undefined, { runId: "1" }),
    misses: "RESOURCE_DOES_NOT_EXIST",
    wrong: [() => trackbook.downloadArtifacts("", undefined, NO_OPTIONS)],
  },
};

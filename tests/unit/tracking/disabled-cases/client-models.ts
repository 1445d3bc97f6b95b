import { anything } from "../wrong-calls";
import { type Case, client, NO_OPTIONS } from "./case";

/** A client's operations on logged models, registered models and their versions. */
export const CLIENT_ON_MODELS = {
  createLoggedModel: {
    right: async () => (await client().createLoggedModel("1", { name: "m" })).name,
    answers: "m",
    wrong: [() => client().createLoggedModel("1", { name: "a/b" })],
  },
  getLoggedModel: { right: () => client().getLoggedModel("m-1"), misses: "RESOURCE_DOES_NOT_EXIST" },
  searchLoggedModels: {
    right: () => client().searchLoggedModels(["1"]),
    answers: [],
    wrong: [() => client().searchLoggedModels(["1"], NO_OPTIONS)],
  },
  finalizeLoggedModel: {
    right: async () => (await client().finalizeLoggedModel("m-1", "READY")).status,
    answers: "READY",
    wrong: [() => client().finalizeLoggedModel("m-1", anything("X"))],
  },
  deleteLoggedModel: { right: () => client().deleteLoggedModel("m-1"), wrong: [() => client().deleteLoggedModel("")] },
  setLoggedModelTags: {
    right: () => client().setLoggedModelTags("m-1", { a: 1 }),
    wrong: [() => client().setLoggedModelTags("m-1", anything(1))],
  },
  deleteLoggedModelTag: {
    right: () => client().deleteLoggedModelTag("m-1", "a"),
    wrong: [() => client().deleteLoggedModelTag("m-1", "")],
  },
  logModelParams: {
    right: () => client().logModelParams("m-1", { a: 1 }),
    wrong: [() => client().logModelParams("m-1", { "": 1 })],
  },
  logModelArtifact: {
    right: () => client().logModelArtifact("m-1", "data"),
    wrong: [() => client().logModelArtifact("m-1", "none")],
  },
  logModelArtifacts: {
    right: () => client().logModelArtifacts("m-1", "data"),
    wrong: [() => client().logModelArtifacts("m-1", "none")],
  },
  listLoggedModelArtifacts: {
    right: () => client().listLoggedModelArtifacts("m-1"),
    answers: [],
    wrong: [() => client().listLoggedModelArtifacts("m-1", NO_OPTIONS)],
  },
  createRegisteredModel: {
    right: async () => (await client().createRegisteredModel("wine", { tags: { a: 1 } })).name,
    answers: "wine",
    wrong: [() => client().createRegisteredModel("")],
  },
  renameRegisteredModel: {
    right: async () => (await client().renameRegisteredModel("a", "b")).name,
    answers: "b",
    wrong: [() => client().renameRegisteredModel("a", "")],
  },
  updateRegisteredModel: {
    right: () => client().updateRegisteredModel("a", { description: "b" }),
    wrong: [() => client().updateRegisteredModel("a", NO_OPTIONS)],
  },
  deleteRegisteredModel: {
    right: () => client().deleteRegisteredModel("a"),
    wrong: [() => client().deleteRegisteredModel("")],
  },
  searchRegisteredModels: {
    right: () => client().searchRegisteredModels(),
    answers: [],
    wrong: [() => client().searchRegisteredModels(NO_OPTIONS)],
  },
  getRegisteredModel: { right: () => client().getRegisteredModel("a"), wrong: [() => client().getRegisteredModel("")] },
  setRegisteredModelTag: {
    right: () => client().setRegisteredModelTag("a", "b", 1),
    wrong: [() => client().setRegisteredModelTag("a", "", 1)],
  },
  deleteRegisteredModelTag: {
    right: () => client().deleteRegisteredModelTag("a", "b"),
    wrong: [() => client().deleteRegisteredModelTag("a", "")],
  },
  setRegisteredModelAlias: {
    right: () => client().setRegisteredModelAlias("a", "b", 1),
    wrong: [() => client().setRegisteredModelAlias("a", "", 1)],
  },
  deleteRegisteredModelAlias: {
    right: () => client().deleteRegisteredModelAlias("a", "b"),
    wrong: [() => client().deleteRegisteredModelAlias("a", "")],
  },
  getLatestVersions: {
    right: () => client().getLatestVersions("a"),
    answers: [],
    wrong: [() => client().getLatestVersions("")],
  },
  createModelVersion: {
    right: async () => (await client().createModelVersion("a", "models:/m-1")).version,
    answers: 1,
    wrong: [() => client().createModelVersion("a", "")],
  },
  registerModel: {
    right: async () => (await client().registerModel("runs:/1/model", "wine")).name,
    answers: "wine",
    wrong: [() => client().registerModel("", "a")],
  },
  copyModelVersion: {
    right: async () => (await client().copyModelVersion("models:/a/1", "b")).name,
    answers: "b",
    wrong: [() => client().copyModelVersion("m", "b")],
  },
  updateModelVersion: {
    right: () => client().updateModelVersion("a", 1, { description: "b" }),
    wrong: [() => client().updateModelVersion("a", 0)],
  },
  transitionModelVersionStage: {
    right: async () => (await client().transitionModelVersionStage("a", 1, "staging")).currentStage,
    answers: "Staging",
    wrong: [() => client().transitionModelVersionStage("a", 1, "nowhere")],
  },
  deleteModelVersion: {
    right: () => client().deleteModelVersion("a", 1),
    wrong: [() => client().deleteModelVersion("a", "x")],
  },
  getModelVersion: {
    right: async () => (await client().getModelVersion("a", 2)).version,
    answers: 2,
    wrong: [() => client().getModelVersion("a", "x")],
  },
  getModelVersionByAlias: {
    right: () => client().getModelVersionByAlias("a", "b"),
    wrong: [() => client().getModelVersionByAlias("a", "")],
  },
  getModelVersionDownloadUri: {
    right: () => client().getModelVersionDownloadUri("a", 1),
    wrong: [() => client().getModelVersionDownloadUri("a", "x")],
  },
  searchModelVersions: {
    right: () => client().searchModelVersions(),
    answers: [],
    wrong: [() => client().searchModelVersions(NO_OPTIONS)],
  },
  setModelVersionTag: {
    right: () => client().setModelVersionTag("a", 1, "b", 1),
    wrong: [() => client().setModelVersionTag("a", 1, "", 1)],
  },
  deleteModelVersionTag: {
    right: () => client().deleteModelVersionTag("a", 1, "b"),
    wrong: [() => client().deleteModelVersionTag("a", 1, "")],
  },
} satisfies Readonly<Record<string, Case>>;

import type {
  ModelVersionCard,
  ModelVersionList,
  RegisteredModelCard,
  RegisteredModelList,
} from "../../../../src/view";
import { DAY, NOW } from "./moments";

const wine: ModelVersionCard = {
  name: "wine-quality",
  version: 3,
  aliases: ["candidate", "champion"],
  description: "The elastic net with alpha 0.2 and l1 ratio 0.3.",
  source: "models:/m-1f2e3d4c5b6a79880716253443526170",
  runId: "7f1c0a9be0c94b2f8b6f0c6f0f5a2d11",
  tags: [
    ["team", "vision"],
    ["mlflow.internal", "not shown"],
  ],
  createdTime: NOW - 3104,
  loadCall: 'await loadModel("models:/wine-quality/3")',
};

const older: ModelVersionCard = {
  name: "wine-quality",
  version: 1,
  aliases: [],
  stage: "Archived",
  source: "s3://bucket/mlflow/1/models/m-00000000000000000000000000000000/artifacts",
  tags: [],
  createdTime: NOW - 9 * DAY,
};

const hostileVersion: ModelVersionCard = {
  name: "<img onerror>",
  version: 1,
  aliases: ["<a>"],
  stage: "<stage>",
  state: "<state>",
  description: "<d>\u0007",
  source: "javascript:<s>",
  runId: "<r>",
  tags: [["<k>", "<v>"]],
  createdTime: NOW,
  loadCall: "<c>",
};

/** Every case of the model version card. */
export const modelVersionCards: Readonly<Record<string, ModelVersionCard>> = {
  full: wine,
  archived: older,
  pending: {
    name: "wine",
    version: 2,
    aliases: [],
    state: "pending_registration: copying",
    tags: [],
    createdTime: NOW,
  },
  hostile: hostileVersion,
};

/** Every case of the list of model versions. */
export const modelVersionLists: Readonly<Record<string, ModelVersionList>> = {
  two: { total: 14, versions: [wine, older] },
  plain: { versions: [{ name: "cars", version: 1, aliases: [], source: "/models/cars", tags: [], createdTime: NOW }] },
  empty: { versions: [] },
  hostile: { versions: [hostileVersion] },
};

/** Every case of the registered model card. */
export const registeredModelCards: Readonly<Record<string, RegisteredModelCard>> = {
  full: {
    name: "wine-quality",
    description: "Predicts the quality of white wine.",
    tags: [["team", "vision"]],
    aliases: [
      ["candidate", 3],
      ["champion", 3],
    ],
    latestVersions: [wine, older],
    lastUpdateTime: NOW - 3104,
  },
  new: { name: "cars", tags: [], aliases: [], latestVersions: [], lastUpdateTime: NOW - DAY },
  hostile: {
    name: "<img onerror>",
    description: "<d>",
    tags: [["<k>", "<v>"]],
    aliases: [["<a>", 1]],
    latestVersions: [hostileVersion],
    lastUpdateTime: NOW,
  },
};

/** Every case of the list of registered models. */
export const registeredModelLists: Readonly<Record<string, RegisteredModelList>> = {
  two: { total: 3, models: ["full", "new"].map((name) => registeredModelCards[name] as RegisteredModelCard) },
  plain: { models: [registeredModelCards.new as RegisteredModelCard] },
  empty: { models: [] },
  hostile: { models: [registeredModelCards.hostile as RegisteredModelCard] },
};

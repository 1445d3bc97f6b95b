import type { ModelCard, ModelList } from "../../../../src/view";

/** The model of the run cards. */
export const model = {
  name: "model",
  flavor: "tfjs",
  signature: "float32[-1, 4] → float32[-1, 3]",
  size: 12_480,
  path: "mlruns/4b2f/7f1c0a9b/artifacts/model",
};

/** Every case of the model card. */
export const modelCards: Readonly<Record<string, ModelCard>> = {
  full: {
    ...model,
    modelId: "m-1f2e3d4c5b6a79880716253443526170",
    runName: "spirited-otter-412",
    registered: "models:/wine-quality/3",
    loadCall: 'await loadModel("runs:/7f1c0a9be0c94b2f8b6f0c6f0f5a2d11/model")',
  },
  bare: { name: "model" },
  failed: { ...model, state: "failed: disk full" },
  hostile: {
    name: "<img onerror>",
    flavor: "<f>",
    signature: "<s>",
    path: "<p>\u0007",
    runName: "<r>",
    registered: "<v>",
    loadCall: "<c>",
    modelId: "<i>",
    state: "<st>",
  },
};

/** Every case of the list of models. */
export const modelLists: Readonly<Record<string, ModelList>> = {
  two: { total: 5, models: [model, { name: "model-2" }] },
  empty: { models: [] },
  hostile: { models: Object.values(modelCards).filter(({ name }) => name.startsWith("<")) },
};

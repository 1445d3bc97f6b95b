import type { EvaluationHook, MethodHook } from "../integration";
import type { LayersModelLike } from "./layers-model";

const LAYERS = "@tensorflow/tfjs-layers";

/** `fit` and `fitDataset` of both classes: `Sequential` has its own, which hand on to an inner `LayersModel`. */
export const trainings: readonly MethodHook[] = [
  { ...trainingOf("Sequential"), delegate: (self) => (self as LayersModelLike).model },
  trainingOf("LayersModel"),
];

function trainingOf(estimator: string): MethodHook {
  return {
    kind: "method",
    target: { package: LAYERS, path: [estimator] },
    estimator,
    methods: ["fit", "fitDataset"],
    begin: (call) => requireTraining().begin(call),
  };
}

/** The methods that measure a model. */
export const evaluations: readonly EvaluationHook[] = ["Sequential", "LayersModel"].map((name) => ({
  target: { package: LAYERS, path: [name] },
  methods: ["evaluate", "evaluateDataset"],
  metrics: (call) => requireMetrics().evaluationMetrics(call),
}));

/** Loaded when the first training begins. */
const requireTraining = () => require("./training") as typeof import("./training");

/** Loaded when a trained model is first measured, at the latest. */
const requireMetrics = () => require("./metrics") as typeof import("./metrics");

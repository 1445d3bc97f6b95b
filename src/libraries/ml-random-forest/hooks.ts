import type { MethodHook, RestoreHook } from "../integration";

const PACKAGE = "ml-random-forest";
const CLASSES = ["RandomForestClassifier", "RandomForestRegression"];

/** `train(samples, targets)`: both classes have it from a base class that is not exported. */
export const trainings: readonly MethodHook[] = CLASSES.map((estimator) => ({
  kind: "method",
  target: { package: PACKAGE, path: [estimator] },
  estimator,
  methods: ["train"],
  begin: (call) => requireTraining().begin(call),
}));

/** `load(json)` rebuilds a forest without training it. */
export const restores: readonly RestoreHook[] = CLASSES.map((name) => ({
  target: { package: PACKAGE, path: [name] },
  methods: ["load"],
}));

/** Loaded when the first training begins. */
const requireTraining = () => require("./training") as typeof import("./training");

import type { CaptureHook, ConstructorHook, EvaluationHook, RestoreHook } from "../integration";
import { ESTIMATORS } from "./estimators";

/** Every class trains in its constructor. */
export const trainings: readonly ConstructorHook[] = ESTIMATORS.map((estimator) => ({
  kind: "constructor",
  target: estimator.target,
  estimator: estimator.name,
  late: estimator.late,
  begin: (call) => requireTraining().begin(estimator, call),
}));

/** `load(json)` constructs without training. */
export const restores: readonly RestoreHook[] = ESTIMATORS.map(({ target }) => ({ target, methods: ["load"] }));

/** Every class of one x hands (x, y) to this function. */
export const captures: readonly CaptureHook[] = [
  { package: "ml-regression-base", file: "checkArrayLength.js", export: "checkArrayLength" },
];

/** `score(x, y)` of the classes of one x. */
export const evaluations: readonly EvaluationHook[] = [
  {
    target: { package: "ml-regression-base", path: ["BaseRegression"] },
    methods: ["score"],
    metrics: ({ result }) =>
      Object.fromEntries(
        Object.entries(result as Record<string, number>).map(([name, value]) => [`validation_${name}`, value]),
      ),
  },
];

/** Loaded when the first training begins. */
const requireTraining = () => require("./training") as typeof import("./training");

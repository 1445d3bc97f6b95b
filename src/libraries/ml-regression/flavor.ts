import { shippedText } from "../../core/disk";
import type { Flavor, ModelSnapshot } from "../../models";
import { exactJson } from "../exact-json";
import { ESTIMATORS, type Estimator, type RegressionModel } from "./estimators";
import { predictor } from "./predictor";

/** A regression in the form of its own `toJSON`, which the class's `load` takes. */
export const flavor: Flavor<RegressionModel & object> = {
  name: "ml-regression",
  packages: [["ml-regression", ...ESTIMATORS.map(({ target }) => target.package)]],
  recognises: (model) => estimatorOf(model) !== undefined,
  snapshot,
  predictor,
};

function snapshot(model: RegressionModel & object): ModelSnapshot {
  const { name, jsonName, target } = estimatorOf(model) as Estimator;
  // A freshly trained RobustPolynomialRegression leaves its name out, which its own load() asks for.
  const json = { ...model.toJSON(), name: jsonName };
  return {
    files: [{ path: "model.json", bytes: exactJson(json) }],
    // A program may have no more than the package of this class alone.
    packages: [["ml-regression", target.package]],
    predictorCode: shippedText(__dirname, "predictor.js"),
    config: { package: "ml-regression", export: name, data: "model.json" },
  };
}

/** By the class that made it: the library's own, or one that extends it. */
function estimatorOf(model: unknown): Estimator | undefined {
  if (typeof model !== "object" || model === null || typeof (model as RegressionModel).toJSON !== "function")
    return undefined;
  for (let prototype = Object.getPrototypeOf(model); prototype; prototype = Object.getPrototypeOf(prototype)) {
    const className = (prototype.constructor as { name?: string } | undefined)?.name;
    const found = ESTIMATORS.find(({ name }) => name === (CLASS_NAMES[className ?? ""] ?? className));
    if (found) return found;
  }
  return undefined;
}

/** Classes that are exported under another name than their own. */
const CLASS_NAMES: Readonly<Record<string, string>> = { PolynomialFitRegression2D: "PolinomialFitting2D" };

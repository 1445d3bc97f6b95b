import { shippedText } from "../../core/disk";
import type { Flavor, ModelSnapshot } from "../../models";
import { exactJson } from "../exact-json";
import { type ForestLike, isForest } from "./forest";
import { predictor } from "./predictor";

/** A forest in the form of its own `toJSON`, which `RandomForestClassifier.load` and `RandomForestRegression.load` take. */
export const flavor: Flavor<ForestLike> = {
  name: "ml-random-forest",
  packages: ["ml-random-forest"],
  recognises: isForest,
  snapshot,
  predictor,
};

function snapshot(forest: ForestLike): ModelSnapshot {
  return {
    files: [{ path: "model.json", bytes: exactJson(forest.toJSON()) }],
    predictorCode: shippedText(__dirname, "predictor.js"),
    config: {
      package: "ml-random-forest",
      // A subclass of the user's own is restored as what it extends: load() knows no other.
      export: forest.isClassifier ? "RandomForestClassifier" : "RandomForestRegression",
      data: "model.json",
    },
  };
}

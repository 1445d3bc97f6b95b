import type { Flavor, ModelSnapshot } from "../../models";
import { type ForestLike, isForest } from "./forest";

/** A forest in the form of its own `toJSON`, which `RandomForestClassifier.load` and `RandomForestRegression.load` take. */
export const flavor: Flavor<ForestLike> = { name: "ml-random-forest", recognises: isForest, snapshot };

function snapshot(forest: ForestLike): ModelSnapshot {
  return {
    files: [{ path: "model.json", bytes: JSON.stringify(forest.toJSON()) }],
    config: {
      package: "ml-random-forest",
      // A subclass of the user's own is restored as what it extends: load() knows no other.
      export: forest.isClassifier ? "RandomForestClassifier" : "RandomForestRegression",
      data: "model.json",
    },
  };
}

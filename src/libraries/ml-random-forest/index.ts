import type { Integration } from "../integration";
import { restores, trainings } from "./hooks";

/** ml-random-forest: forests of ml-cart's trees, for classes and for numbers. */
export const mlRandomForest: Integration = {
  name: "ml-random-forest",
  packages: { "ml-random-forest": ">=2.0.3 <3" },
  trainings,
  restores,
  get flavor() {
    return (require("./flavor") as typeof import("./flavor")).flavor;
  },
};

import type { Integration } from "../integration";
import { captures, evaluations, restores, trainings } from "./hooks";

/** ml-regression: every class that it exports, wherever in its sub-packages it stands. */
export const mlRegression: Integration = {
  name: "ml-regression",
  packages: {
    "ml-regression": ">=6.0.0 <7",
    "ml-regression-simple-linear": ">=3.0.0 <4",
    "ml-regression-polynomial": ">=3.0.0 <5",
    "ml-regression-exponential": ">=3.0.0 <4",
    "ml-regression-power": ">=3.0.0 <4",
    "ml-regression-theil-sen": ">=3.0.0 <4",
    "ml-regression-robust-polynomial": ">=3.0.0 <4",
    "ml-regression-multivariate-linear": ">=2.0.0 <3",
  },
  trainings,
  evaluations,
  restores,
  captures,
  get flavor() {
    return (require("./flavor") as typeof import("./flavor")).flavor;
  },
};

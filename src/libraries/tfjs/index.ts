import type { Integration } from "../integration";
import { evaluations, trainings } from "./hooks";
import { prepare } from "./prepare";

/** TensorFlow.js: `fit`, `fitDataset` and `evaluate` of layers models, on every backend. */
export const tfjs: Integration = {
  name: "tfjs",
  packages: {
    "@tensorflow/tfjs-layers": ">=4.0.0 <5",
    "@tensorflow/tfjs-node": ">=4.0.0 <5",
    "@tensorflow/tfjs-node-gpu": ">=4.0.0 <5",
  },
  trainings,
  evaluations,
  get flavor() {
    return (require("./flavor") as typeof import("./flavor")).flavor;
  },
  prepare,
};

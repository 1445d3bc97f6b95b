import type { Flavor, LoadableFlavor } from "../models";

/** The flavors of models that nobody trains under autolog's eyes: to be logged, and only to be loaded. Each is loaded when somebody asks for it. */
export const flavorsWithoutTraining: {
  readonly logged: readonly { readonly name: string; readonly flavor: Flavor }[];
  readonly loaded: readonly { readonly name: string; readonly flavor: LoadableFlavor }[];
} = {
  logged: [
    {
      name: "function",
      get flavor() {
        return (require("./function") as typeof import("./function")).functionFlavor;
      },
    },
  ],
  loaded: [
    {
      name: "onnx",
      get flavor() {
        return (require("./onnx") as typeof import("./onnx")).onnxFlavor;
      },
    },
  ],
};

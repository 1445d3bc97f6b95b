import type { Flavor } from "../models";

/** The flavors of models that are not trained under autolog's eyes; each is loaded when somebody asks for it. */
export const flavorsWithoutTraining: readonly { readonly name: string; readonly flavor: Flavor }[] = [
  {
    name: "function",
    get flavor() {
      return (require("./function") as typeof import("./function")).functionFlavor;
    },
  },
];

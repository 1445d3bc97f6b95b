/** Loaded when something is shown for the first time, not by `import "trackbook"`. */
export const requireView = () => require("../view") as typeof import("../view");

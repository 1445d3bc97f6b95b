/** What makes a recording, loaded when the first training begins and not by `import "trackbook"`. */
export const requireRecording = () => require("./recording") as typeof import("./recording");

/** What records how a model does, loaded when the first trained model is measured. */
export const requireEvaluation = () => require("./record-evaluation") as typeof import("./record-evaluation");

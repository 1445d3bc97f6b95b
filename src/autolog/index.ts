export { onTraining } from "./events";
export type { Training, TrainingEvent, TrainingListener, TrainingResult } from "./events";

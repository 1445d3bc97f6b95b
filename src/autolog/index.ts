export { autolog, prepareAutolog, registerIntegration } from "./autolog";
export { track } from "./track";
export type { Training, TrainingEvent, TrainingListener, TrainingResult } from "./events";
export { onTraining } from "./events";
export type { AutologDisplay, AutologOptions, LibraryAutologOptions } from "./options";
export { optionsFor } from "./options";

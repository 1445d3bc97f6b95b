export { autolog, prepareAutolog, registerIntegration } from "./autolog";
export { track } from "./track";
export { onTraining, type Training, type TrainingEvent, type TrainingListener, type TrainingResult } from "./events";
export { type AutologDisplay, type AutologOptions, type LibraryAutologOptions, optionsFor } from "./options";

import { prepareAutolog } from "./autolog";

export { autolog, registerIntegration } from "./autolog";
export type { AutologDisplay, AutologOptions, LibraryAutologOptions } from "./autolog";
export * from "./tracking";

prepareAutolog();

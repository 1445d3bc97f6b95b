export { ActiveRun, endRunOf, handleOf, openRunOf } from "./active-run";
export { onStopTraining } from "./exit";
export { FileWriter, type LogImageOptions } from "./file-writer";
export * from "./fluent";
export { activeOrInherited, openImplicitRun, type StartRunOptions } from "./open";
export { OpenRun, type OpenRunOptions } from "./open-run";
export { explicitRun, implicitRun, lastRun, noteEnded, outsideFrames, setImplicitRun } from "./run-stack";
export { type LogInputOptions, type LogMetricOptions, RunWriter } from "./run-writer";
export { activeRun, endImplicitRun, endRun, flush, lastActiveRun, type RunFunction, startRun } from "./start-run";

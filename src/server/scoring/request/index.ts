export { frameOfCsv } from "./csv";
export { type Frame, type FrameColumn, frameOfRecords, frameOfSplit, isJsonObject } from "./frame";
export { readJson, textOf } from "./read-json";

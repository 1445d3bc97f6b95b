import type { SampleLimits, TableSample } from "../table-sample";
import { captureArrow } from "./capture-arrow";
import { captureDanfo } from "./capture-danfo";

/** A table of one of the libraries that have such, known by its shape; `undefined` for anything else. */
export const captureFrame = (data: unknown, limits: SampleLimits): TableSample | undefined =>
  captureArrow(data, limits) ?? captureDanfo(data, limits);

export { CastFault, type Cast } from "./cast-fault";
export { columnCast, tensorCast } from "./column-cast";
export { csvCast, inferCells } from "./csv-cells";
export { toDatetime } from "./datetimes";
export { nestedCast } from "./nested";
export type { Overflow } from "./numbers";

export { textFacts, textGrid, textHeading } from "./text-lines";
export { type TextStyle, textStyle } from "./text-style";
export { type TextCell, type TextColumn, type TextTable, textTable } from "./text-table";
export { displayWidth, flow, padToWidth, truncateMiddle, truncateToWidth, wrapText } from "./text-width";

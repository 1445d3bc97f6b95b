export { type Figure, figureBytes } from "./figure";
export { type Image, type ImageTensor, imageBytes, imagePath, type Pixels } from "./image";
export { appendTable, type SplitTable, type Table, toTable } from "./table";
export { textOf } from "./text";

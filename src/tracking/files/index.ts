export { copyFolder } from "./copy-folder";
export { type Figure, figureBytes } from "./figure";
export { type Image, type ImageTensor, type ImageFile, imageFile, type Pixels } from "./image";
export { appendTable, type SplitTable, type Table, toTable } from "./table";
export { textOf } from "./text";

export {
  type ArtifactWrite,
  dictWrite,
  figureWrite,
  folderWrite,
  imageWrite,
  type LogImageOptions,
  localWrite,
  tableWrite,
  textWrite,
} from "./artifact-writes";
export type { Figure } from "./figure";
export type { Image, ImageTensor, Pixels } from "./image";
export type { Table } from "./table";

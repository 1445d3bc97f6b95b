export type { AnyFileTarget, FileTarget } from "./append-table";
export {
  type ArtifactWrite,
  dictWrite,
  type FileAction,
  figureWrite,
  folderWrite,
  imageWrite,
  type LogImageOptions,
  type LocalCopy,
  localWrite,
  tableWrite,
  textWrite,
} from "./artifact-writes";
export type { Figure } from "./figure";
export { copiesOf, type FileCopy } from "./local-copies";
export { performLater, performNow } from "./perform-action";
export type { Image, ImageTensor, Pixels } from "./image";
export type { SplitTable, Table } from "./table";

export type { DeletedEntity, DeletedKind } from "./deleted-entities";
export { type FileGarbage, fileGarbage, type Removal } from "./file-garbage";

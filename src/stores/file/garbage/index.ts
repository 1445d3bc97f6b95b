export { type FileGarbage, fileGarbage } from "./file-garbage";

import type { FileInfo } from "../../../core";

/** MLflow's FileInfo. */
export const fileForm = ({ path, isDir, fileSize }: FileInfo): object => ({
  path,
  is_dir: isDir,
  file_size: fileSize,
});

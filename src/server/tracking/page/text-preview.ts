import { closeSync, openSync, readSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import type { AnyArtifactRepository } from "../../../artifacts";
import type { FileInfo } from "../../../core";
import { formatBytes } from "../../../view";

const MOST_BYTES = 64 * 1024;

/** The beginning of a file, where it is text. */
export async function textPreview(artifacts: AnyArtifactRepository, { path, fileSize = 0 }: FileInfo): Promise<string> {
  if (artifacts.isRemote && fileSize > MOST_BYTES) return tooLong(fileSize);
  const bytes = artifacts.isRemote ? await artifacts.read(path) : beginningOf(artifacts.download(path));
  // The last character may be cut.
  const whole = [0, 1, 2, 3].map((cut) => bytes.subarray(0, bytes.length - cut)).find((part) => isUtf8(part));
  if (!whole || whole.includes(0)) return `Not text; ${formatBytes(fileSize)}.`;
  const text = Buffer.from(whole).toString("utf8");
  return fileSize > bytes.length ? `${text}\n… ${tooLong(fileSize)}` : text;
}

const tooLong = (size: number): string => `The file has ${formatBytes(size)}; download it to see it whole.`;

function beginningOf(file: string): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(MOST_BYTES);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, MOST_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}

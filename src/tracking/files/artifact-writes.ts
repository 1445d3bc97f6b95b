import { type Stats, statSync } from "node:fs";
import { basename, posix } from "node:path";
import { InvalidInputError, messages, type Tag, validateArtifactPath, validateOptions, validateStep } from "../../core";
import { type Figure, figureBytes } from "./figure";
import { type Image, imageFile } from "./image";
import { type SplitTable, type Table, toTable } from "./table";
import { textOf } from "./text";

/** What a files verb does to the artifacts. Bytes are taken already, but for local files. */
export type FileAction =
  | { readonly kind: "content"; readonly path: string; readonly content: string | Uint8Array }
  | { readonly kind: "file"; readonly path: string; readonly localFile: string }
  | { readonly kind: "folder"; readonly path: string; readonly localFolder: string }
  /** After the rows that the file holds already. */
  | { readonly kind: "table"; readonly path: string; readonly table: SplitTable };

/** A call of a files verb whose arguments are right: what is left to do. */
export interface ArtifactWrite<Action = FileAction> {
  /** As a failure names it. */
  readonly what: string;
  readonly action: Action;
  /** Tags of the run that go with it. */
  readonly tags?: readonly Tag[];
}

/** A copy of what lies on this machine. */
export type LocalCopy = Extract<FileAction, { kind: "file" | "folder" }>;

/** Options of `logImage`. */
export interface LogImageOptions {
  /** With a key in place of a file name: which step of the training the image shows. @default 0 */
  readonly step?: number;
}

/** A local file, or a folder with all that is in it, under its own name in the folder `artifactPath`. */
export function localWrite(path: string, artifactPath = ""): ArtifactWrite<LocalCopy> {
  validateArtifactPath(artifactPath, true);
  const isFolder = localStat(path).isDirectory();
  const target = posix.join(artifactPath, basename(path));
  return {
    what: `the ${isFolder ? "folder" : "file"} ${path}`,
    action: isFolder
      ? { kind: "folder", localFolder: path, path: target }
      : { kind: "file", localFile: path, path: target },
  };
}

/** What lies in a local folder. */
export function folderWrite(dir: string, artifactPath = ""): ArtifactWrite<LocalCopy> {
  validateArtifactPath(artifactPath, true);
  if (!localStat(dir).isDirectory()) throw new InvalidInputError(messages.notADirectory(dir));
  return { what: `the folder ${dir}`, action: { kind: "folder", localFolder: dir, path: artifactPath } };
}

/** A text. */
export function textWrite(text: string, file: string): ArtifactWrite {
  validateArtifactPath(file);
  if (typeof text !== "string")
    throw new InvalidInputError(
      messages.wrongType(
        "The text of logText",
        text,
        "a string",
        "logDict(value, file) keeps an object, logArtifact(path) a file.",
      ),
    );
  return fileWrite(file, text);
}

/** A value as YAML (`.yaml`, `.yml`), else as JSON. */
export function dictWrite(value: unknown, file: string): ArtifactWrite {
  validateArtifactPath(file);
  return fileWrite(file, textOf(value, file));
}

/** Rows or columns, after those that the file holds already. */
export function tableWrite(table: Table, file: string): ArtifactWrite {
  validateArtifactPath(file);
  if (!file.endsWith(".json")) throw new InvalidInputError(messages.fileEnding("logTable", file, [".json"]));
  const rows = toTable(table);
  return { what: file, action: { kind: "table", path: file, table: rows } };
}

/** An SVG text, the bytes of a picture, or a Vega-Lite specification. */
export function figureWrite(figure: Figure, file: string): ArtifactWrite {
  validateArtifactPath(file);
  return fileWrite(file, figureBytes(figure, file));
}

/** An image as a file, or under a key as a step of a series. */
export function imageWrite(image: Image, fileOrKey: string, options: LogImageOptions = {}): ArtifactWrite {
  validateOptions("logImage", options, ["step"]);
  validateArtifactPath(fileOrKey);
  const { step = 0 } = options;
  validateStep(fileOrKey, step);
  const { path, bytes, tags } = imageFile(image, fileOrKey, step);
  return { ...fileWrite(path, bytes), tags };
}

const fileWrite = (path: string, content: string | Uint8Array): ArtifactWrite => ({
  what: path,
  action: { kind: "content", path, content },
});

function localStat(path: unknown): Stats {
  const stat = typeof path === "string" ? statSync(path, { throwIfNoEntry: false }) : undefined;
  if (!stat) throw new InvalidInputError(messages.noLocalFile(path));
  return stat;
}

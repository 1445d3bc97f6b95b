import { type Stats, statSync } from "node:fs";
import { basename, posix } from "node:path";
import type { ArtifactRepository } from "../../artifacts";
import { InvalidInputError, messages, type Tag, validateArtifactPath, validateOptions, validateStep } from "../../core";
import { copyFolder } from "./copy-folder";
import { type Figure, figureBytes } from "./figure";
import { type Image, imageFile } from "./image";
import { appendTable, type Table, type TableRun, toTable } from "./table";
import { textOf } from "./text";

/** A call of a files verb whose arguments are right: what is left to do. The bytes are taken already, but for local files. */
export interface ArtifactWrite<Target = TableRun> {
  /** As a failure names it. */
  readonly what: string;
  readonly write: (target: Target) => void;
  /** Tags of the run that go with it. */
  readonly tags?: readonly Tag[];
}

/** What local files are copied to: the artifacts of a run, or of a model. */
interface CopyTarget {
  readonly artifacts: ArtifactRepository;
}

/** Options of `logImage`. */
export interface LogImageOptions {
  /** With a key in place of a file name: which step of the training the image shows. @default 0 */
  readonly step?: number;
}

/** A local file, or a folder with all that is in it, under its own name in the folder `artifactPath`. */
export function localWrite(path: string, artifactPath = ""): ArtifactWrite<CopyTarget> {
  validateArtifactPath(artifactPath, true);
  const isFolder = localStat(path).isDirectory();
  const target = posix.join(artifactPath, basename(path));
  return {
    what: `the ${isFolder ? "folder" : "file"} ${path}`,
    write: ({ artifacts }) => (isFolder ? copyFolder(artifacts, path, target) : artifacts.copyIn(path, target)),
  };
}

/** What lies in a local folder. */
export function folderWrite(dir: string, artifactPath = ""): ArtifactWrite<CopyTarget> {
  validateArtifactPath(artifactPath, true);
  if (!localStat(dir).isDirectory()) throw new InvalidInputError(messages.notADirectory(dir));
  return { what: `the folder ${dir}`, write: ({ artifacts }) => copyFolder(artifacts, dir, artifactPath) };
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
  return { what: file, write: (run) => appendTable(run, rows, file) };
}

/** An SVG text, the bytes of a picture, or a Vega-Lite specification. */
export function figureWrite(figure: Figure, file: string): ArtifactWrite {
  validateArtifactPath(file);
  return fileWrite(file, figureBytes(figure));
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
  write: ({ artifacts }) => artifacts.write(path, content),
});

function localStat(path: unknown): Stats {
  const stat = typeof path === "string" ? statSync(path, { throwIfNoEntry: false }) : undefined;
  if (!stat) throw new InvalidInputError(messages.noLocalFile(path));
  return stat;
}

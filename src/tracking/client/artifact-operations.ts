import { statSync } from "node:fs";
import { basename } from "node:path";
import type { ArtifactRepository } from "../../artifacts";
import {
  type FileInfo,
  InvalidInputError,
  messages,
  validateArtifactPath,
  validateOptions,
  validateStep,
} from "../../core";
import {
  appendTable,
  copyFolder,
  type Figure,
  figureBytes,
  type Image,
  imageFile,
  type Table,
  textOf,
  toTable,
} from "../files";
import { requireArtifacts } from "../tracking-uri";
import { requireText } from "../arguments";
import { LoggingOperations } from "./logging-operations";

/** Where among the artifacts a file or folder goes. */
export interface ArtifactPathOptions {
  /** A folder below the artifact root, with `/`. @default the root */
  readonly artifactPath?: string;
}

/** The operations of {@link TrackingClient} on a run's artifacts. */
export class ArtifactOperations extends LoggingOperations {
  /** Copies a local file to a run's artifacts. */
  async logArtifact(runId: string, localPath: string, options: ArtifactPathOptions = {}): Promise<void> {
    validateOptions("logArtifact", options, ["artifactPath"]);
    copyFile(await this.#artifactsOf(runId), localPath, options.artifactPath);
  }

  /** Copies what is in a local folder, sub-folders included, to a run's artifacts. */
  async logArtifacts(runId: string, localDir: string, options: ArtifactPathOptions = {}): Promise<void> {
    validateOptions("logArtifacts", options, ["artifactPath"]);
    copyLocalFolder(await this.#artifactsOf(runId), localDir, options.artifactPath);
  }

  /** Writes text to a file of a run's artifacts. */
  async logText(runId: string, text: string, artifactFile: string): Promise<void> {
    if (typeof text !== "string") throw new InvalidInputError(messages.wrongType("The text", text, "a string"));
    validateArtifactPath(artifactFile);
    (await this.#artifactsOf(runId)).write(artifactFile, text);
  }

  /** Writes a value as JSON, or as YAML when the file's name ends in .yaml or .yml. */
  async logDict(runId: string, dictionary: unknown, artifactFile: string): Promise<void> {
    validateArtifactPath(artifactFile);
    (await this.#artifactsOf(runId)).write(artifactFile, textOf(dictionary, artifactFile));
  }

  /** Keeps an SVG text, the bytes of a picture, or a Vega-Lite specification. */
  async logFigure(runId: string, figure: Figure, artifactFile: string): Promise<void> {
    validateArtifactPath(artifactFile);
    (await this.#artifactsOf(runId)).write(artifactFile, figureBytes(figure));
  }

  /** Keeps an image as a file (`.png`, `.jpg`, `.jpeg`), or under a key as a step of a series. `step` @default 0 */
  async logImage(runId: string, image: Image, fileOrKey: string, options: { step?: number } = {}): Promise<void> {
    validateOptions("logImage", options, ["step"]);
    validateArtifactPath(fileOrKey);
    const { step = 0 } = options;
    validateStep(fileOrKey, step);
    const { path, bytes, tags } = imageFile(image, fileOrKey, step);
    (await this.#artifactsOf(runId)).write(path, bytes);
    if (tags.length > 0) this.store.logBatch(runId, { tags });
  }

  /** Writes rows or columns to a `.json` file, after the rows that it holds already. */
  async logTable(runId: string, table: Table, artifactFile: string): Promise<void> {
    validateArtifactPath(artifactFile);
    if (!artifactFile.endsWith(".json"))
      throw new InvalidInputError(messages.fileEnding("logTable", artifactFile, ".json"));
    const rows = toTable(table);
    appendTable({ id: runId, store: this.store, artifacts: await this.#artifactsOf(runId) }, rows, artifactFile);
  }

  /** The entries directly below a folder of a run's artifacts, sorted by path. `path` @default the root */
  async listArtifacts(runId: string, options: { path?: string } = {}): Promise<FileInfo[]> {
    validateOptions("listArtifacts", options, ["path"]);
    return (await this.#artifactsOf(runId)).list(options.path);
  }

  /** A local path of an artifact, file or folder: where it is, or a copy below `dstPath`. Rejects with RESOURCE_DOES_NOT_EXIST. */
  async downloadArtifacts(runId: string, path: string, options: { dstPath?: string } = {}): Promise<string> {
    validateOptions("downloadArtifacts", options, ["dstPath"]);
    return (await this.#artifactsOf(runId)).download(path, options.dstPath);
  }

  async #artifactsOf(runId: string): Promise<ArtifactRepository> {
    return requireArtifacts().openArtifacts((await this.getRun(runId)).info.artifactUri);
  }
}

/** Copies a local file in under its own name. @throws INVALID_PARAMETER_VALUE when it is no file */
export function copyFile(artifacts: ArtifactRepository, localPath: string, artifactPath = ""): void {
  requireText("The local path", localPath);
  validateArtifactPath(artifactPath, true);
  artifacts.copyIn(localPath, below(artifactPath, basename(localPath)));
}

/** Copies what is in a local folder in. @throws INVALID_PARAMETER_VALUE when it is no folder */
export function copyLocalFolder(artifacts: ArtifactRepository, localDir: string, artifactPath = ""): void {
  requireText("The local folder", localDir);
  validateArtifactPath(artifactPath, true);
  if (!statSync(localDir, { throwIfNoEntry: false })?.isDirectory())
    throw new InvalidInputError(messages.noSuchFile(localDir, "folder"));
  copyFolder(artifacts, localDir, artifactPath);
}

const below = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

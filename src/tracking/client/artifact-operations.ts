import type { AnyArtifactRepository } from "../../artifacts";
import { type FileInfo, validateOptions } from "../../core";
import {
  type ArtifactWrite,
  dictWrite,
  type Figure,
  figureWrite,
  folderWrite,
  type Image,
  imageWrite,
  type LogImageOptions,
  localWrite,
  performLater,
  type Table,
  tableWrite,
  textWrite,
} from "../files";
import { requireText } from "../arguments";
import { requireArtifacts } from "../tracking-uri";
import { LoggingOperations } from "./logging-operations";

/** Where among the artifacts a file or folder goes. */
export interface ArtifactPathOptions {
  /** A folder below the artifact root, with `/`. @default the root */
  readonly artifactPath?: string;
}

/** The operations of {@link TrackingClient} on a run's artifacts. */
export class ArtifactOperations extends LoggingOperations {
  /** Copies a local file, or a folder with all that is in it, to a run's artifacts. */
  async logArtifact(runId: string, localPath: string, options: ArtifactPathOptions = {}): Promise<void> {
    validateOptions("logArtifact", options, ["artifactPath"]);
    await this.#write(runId, localWrite(localPath, options.artifactPath));
  }

  /** Copies what is in a local folder, sub-folders included, to a run's artifacts. */
  async logArtifacts(runId: string, localDir: string, options: ArtifactPathOptions = {}): Promise<void> {
    validateOptions("logArtifacts", options, ["artifactPath"]);
    await this.#write(runId, folderWrite(localDir, options.artifactPath));
  }

  /** Writes text to a file of a run's artifacts. */
  async logText(runId: string, text: string, artifactFile: string): Promise<void> {
    await this.#write(runId, textWrite(text, artifactFile));
  }

  /** Writes a value as JSON, or as YAML when the file's name ends in .yaml or .yml. */
  async logDict(runId: string, dictionary: unknown, artifactFile: string): Promise<void> {
    await this.#write(runId, dictWrite(dictionary, artifactFile));
  }

  /** Keeps an SVG text, the bytes of a picture, or a Vega-Lite specification. */
  async logFigure(runId: string, figure: Figure, artifactFile: string): Promise<void> {
    await this.#write(runId, figureWrite(figure, artifactFile));
  }

  /** Keeps an image as a file (`.png`, `.jpg`, `.jpeg`), or under a key as a step of a series. `step` @default 0 */
  async logImage(runId: string, image: Image, fileOrKey: string, options: LogImageOptions = {}): Promise<void> {
    await this.#write(runId, imageWrite(image, fileOrKey, options));
  }

  /** Writes rows or columns to a `.json` file, after the rows that it holds already. */
  async logTable(runId: string, table: Table, artifactFile: string): Promise<void> {
    await this.#write(runId, tableWrite(table, artifactFile));
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

  async #write(runId: string, { action, tags = [] }: ArtifactWrite): Promise<void> {
    const { store } = this;
    await performLater({ id: runId, store, artifacts: await this.#artifactsOf(runId) }, action);
    if (tags.length > 0) await store.logBatch(runId, { tags });
  }

  async #artifactsOf(runId: string): Promise<AnyArtifactRepository> {
    requireText("The run's id", runId);
    const { store } = this;
    const { artifactUri } = (await store.getRun(runId)).info;
    return requireArtifacts().openAnyArtifacts(artifactUri, { trackingUri: store.uri });
  }
}

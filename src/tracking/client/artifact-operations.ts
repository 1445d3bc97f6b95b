import { join } from "node:path";
import type { AnyArtifactRepository } from "../../artifacts";
import { type FileInfo, type LoggedModel, type ModelOutput, type RunEntity, validateOptions } from "../../core";
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
import { type RunModel, runModelAt } from "./run-model";

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

  /**
   * The entries directly below a folder of a run's artifacts, sorted by path; a model of the run is a folder by its name, wherever it is kept.
   * `path` @default the root, which names the run's own entries
   */
  async listArtifacts(runId: string, options: { path?: string } = {}): Promise<FileInfo[]> {
    validateOptions("listArtifacts", options, ["path"]);
    const { path = "" } = options;
    const run = await this.#runOf(runId);
    const files = await this.#open(run.info.artifactUri).list(path);
    const found = files.length === 0 ? await this.#modelAt(run, path) : undefined;
    if (!found) return files;
    const below = await this.#open(found.model.artifactLocation).list(found.path);
    return below.map((file) => ({ ...file, path: `${found.name}/${file.path}` }));
  }

  /**
   * A local path of an artifact, file or folder, or of a model of the run by its name: where it is, or a copy below `dstPath`. Rejects with
   * RESOURCE_DOES_NOT_EXIST.
   */
  async downloadArtifacts(runId: string, path: string, options: { dstPath?: string } = {}): Promise<string> {
    validateOptions("downloadArtifacts", options, ["dstPath"]);
    const { dstPath } = options;
    const run = await this.#runOf(runId);
    try {
      return await this.#open(run.info.artifactUri).download(path, dstPath);
    } catch (error) {
      if (!isMissing(error)) throw error;
      const found = await this.#modelAt(run, path);
      if (!found) throw error;
      const destination = dstPath === undefined ? undefined : join(dstPath, found.name);
      return this.#open(found.model.artifactLocation).download(found.path, destination);
    }
  }

  async #write(runId: string, { action, tags = [] }: ArtifactWrite): Promise<void> {
    const { store } = this;
    await performLater({ id: runId, store, artifacts: await this.#artifactsOf(runId) }, action);
    if (tags.length > 0) await store.logBatch(runId, { tags });
  }

  async #artifactsOf(runId: string): Promise<AnyArtifactRepository> {
    return this.#open((await this.#runOf(runId)).info.artifactUri);
  }

  async #runOf(runId: string): Promise<RunEntity> {
    requireText("The run's id", runId);
    return this.store.getRun(runId);
  }

  #open(uri: string): AnyArtifactRepository {
    return requireArtifacts().openAnyArtifacts(uri, { trackingUri: this.store.uri });
  }

  async #modelAt({ outputs }: RunEntity, path: string): Promise<RunModel | undefined> {
    const { store } = this;
    const modelsOf = async ({ modelId }: ModelOutput): Promise<readonly LoggedModel[]> => {
      try {
        return [await store.getLoggedModel(modelId)];
      } catch (error) {
        // It was deleted.
        if (!isMissing(error)) throw error;
        return [];
      }
    };
    return path === "" ? undefined : runModelAt((await Promise.all(outputs.modelOutputs.map(modelsOf))).flat(), path);
  }
}

const isMissing = (error: unknown): boolean => (error as { code?: unknown }).code === "RESOURCE_DOES_NOT_EXIST";

import { statSync } from "node:fs";
import { basename, posix } from "node:path";
import { InvalidInputError, messages, validateArtifactPath, validateOptions, validateStep } from "../../core";
import {
  appendTable,
  copyFolder,
  figureBytes,
  type Figure,
  type Image,
  imageFile,
  toTable,
  type Table,
  textOf,
} from "../files";
import type { OpenRun } from "./open-run";
import { flushQueues, recordFailure } from "../recorder";
import { RunWriter } from "./run-writer";

/** Options of `logImage`. */
export interface LogImageOptions {
  /** With a key in place of a file name: which step of the training the image shows. @default 0 */
  step?: number;
}

/** The files verbs: the bytes are taken at the call, so what happens to the source afterwards changes nothing. */
export abstract class FileWriter extends RunWriter {
  /**
   * Keeps a local file as an artifact, in the folder `artifactPath` of the run.
   * @throws INVALID_PARAMETER_VALUE when there is no such file
   */
  logArtifact(path: string, artifactPath = ""): void {
    validateArtifactPath(artifactPath, true);
    const stat = localStat(path);
    const target = posix.join(artifactPath, basename(path));
    if (stat.isDirectory()) this.logArtifacts(path, target);
    else this.#writeNow("logArtifact", path, (run) => run.artifacts.copyIn(path, target));
  }

  /** Keeps what lies in a local folder as artifacts. */
  logArtifacts(dir: string, artifactPath = ""): void {
    validateArtifactPath(artifactPath, true);
    if (!localStat(dir).isDirectory()) throw new InvalidInputError(messages.notADirectory(dir));
    this.#writeNow("logArtifacts", dir, (run) => copyFolder(run.artifacts, dir, artifactPath));
  }

  /** @example logText("three epochs were enough", "notes.md"); */
  logText(text: string, file: string): void {
    validateArtifactPath(file);
    if (typeof text !== "string")
      throw new InvalidInputError(messages.wrongType("The text of logText", text, "a string"));
    this.#file("logText", file, text);
  }

  /** Keeps a value as YAML (`.yaml`, `.yml`), else as JSON. */
  logDict(value: unknown, file: string): void {
    validateArtifactPath(file);
    this.#file("logDict", file, textOf(value, file));
  }

  /** Keeps rows `[{a: 1}, …]` or columns `{a: [1, …]}` as MLflow's JSON table; a table that is there already gets the rows at its end. */
  logTable(table: Table, file: string): void {
    validateArtifactPath(file);
    if (!file.endsWith(".json")) throw new InvalidInputError(messages.fileEnding("logTable", file, ".json"));
    const rows = toTable(table);
    const run = this.open("logTable");
    run?.enqueue((queue) => queue.files.push(() => appendTable(run, rows, file)));
  }

  /** Keeps an SVG text, the bytes of a picture, or a Vega-Lite specification. */
  logFigure(figure: Figure, file: string): void {
    validateArtifactPath(file);
    this.#file("logFigure", file, figureBytes(figure));
  }

  /**
   * Keeps an image: PNG or JPEG bytes, raw pixels, or a tensor of shape [height, width(, channels)] (floats from 0 to 1, integers from 0 to 255).
   * Under a file name (`.png`, `.jpg`, `.jpeg`) it is one artifact; under a key it is a step of a series, as MLflow's `log_image(key=…, step=…)` lays it out.
   */
  logImage(image: Image, fileOrKey: string, options: LogImageOptions = {}): void {
    validateOptions("logImage", options, ["step"]);
    validateArtifactPath(fileOrKey);
    const { step = 0 } = options;
    validateStep(fileOrKey, step);
    const { path, bytes, tags } = imageFile(image, fileOrKey, step);
    const run = this.open("logImage");
    run?.file(path, bytes);
    for (const { key, value } of tags) run?.tag(key, value);
  }

  #file(verb: string, path: string, content: string | Uint8Array): void {
    this.open(verb)?.file(path, content);
  }

  /** Large local files are copied at the call, not held in memory until the next flush. */
  #writeNow(verb: string, what: string, write: (run: OpenRun) => void): void {
    const run = this.open(verb);
    if (!run) return;
    // An earlier verb may have given the same path its content.
    flushQueues();
    try {
      write(run);
    } catch (error) {
      recordFailure(run, `the file ${what}`, error);
    }
  }
}

function localStat(path: unknown) {
  const stat = typeof path === "string" ? statSync(path, { throwIfNoEntry: false }) : undefined;
  if (!stat) throw new InvalidInputError(messages.noLocalFile(path));
  return stat;
}

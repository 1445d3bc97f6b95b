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
  type Table,
  tableWrite,
  textWrite,
} from "../files";
import { flushQueues, recordFailure } from "../recorder";
import { RunWriter } from "./run-writer";

/** The files verbs: the bytes are taken at the call, so what happens to the source afterwards changes nothing. */
export abstract class FileWriter extends RunWriter {
  /**
   * Keeps a local file, or a folder with all that is in it, as an artifact in the folder `artifactPath` of the run.
   * @throws INVALID_PARAMETER_VALUE when there is no such file
   */
  logArtifact(path: string, artifactPath = ""): void {
    this.#writeNow("logArtifact", localWrite(path, artifactPath));
  }

  /** Keeps what lies in a local folder as artifacts. */
  logArtifacts(dir: string, artifactPath = ""): void {
    this.#writeNow("logArtifacts", folderWrite(dir, artifactPath));
  }

  /** @example logText("three epochs were enough", "notes.md"); */
  logText(text: string, file: string): void {
    this.#queue("logText", textWrite(text, file));
  }

  /** Keeps a value as YAML (`.yaml`, `.yml`), else as JSON. */
  logDict(value: unknown, file: string): void {
    this.#queue("logDict", dictWrite(value, file));
  }

  /** Keeps rows `[{a: 1}, …]` or columns `{a: [1, …]}` as MLflow's JSON table; a table that is there already gets the rows at its end. */
  logTable(table: Table, file: string): void {
    this.#queue("logTable", tableWrite(table, file));
  }

  /** Keeps an SVG text (`.svg`), the bytes of a picture (`.png`, `.jpg`, `.pdf`, …), or a Vega-Lite specification (`.json`). */
  logFigure(figure: Figure, file: string): void {
    this.#queue("logFigure", figureWrite(figure, file));
  }

  /**
   * Keeps an image: PNG or JPEG bytes, raw pixels, or a tensor of shape [height, width(, channels)] (floats from 0 to 1, integers from 0 to 255).
   * Under a file name (`.png`, `.jpg`, `.jpeg`) it is one artifact; under a key it is a step of a series, as MLflow's `log_image(key=…, step=…)` lays it out.
   */
  logImage(image: Image, fileOrKey: string, options: LogImageOptions = {}): void {
    this.#queue("logImage", imageWrite(image, fileOrKey, options));
  }

  #queue(verb: string, { action, tags = [] }: ArtifactWrite): void {
    const run = this.open(verb);
    run?.enqueue((queue) => queue.files.push(() => run.perform(action)));
    for (const { key, value } of tags) run?.tag(key, value);
  }

  /** Large local files are copied at the call, not held in memory until the next flush. */
  #writeNow(verb: string, { what, action }: ArtifactWrite): void {
    const run = this.open(verb);
    if (!run) return;
    // An earlier verb may have given the same path its content.
    flushQueues();
    try {
      run.perform(action);
    } catch (error) {
      recordFailure(run, what, error);
    }
  }
}

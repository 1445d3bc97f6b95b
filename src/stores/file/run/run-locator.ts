import { basename, join } from "node:path";
import { InvalidInputError, messages, type RunInfo, StoreError } from "../../../core";
import { listExperimentFolders } from "../experiments";
import { isFolder } from "../files";
import { isRunFolderName, RUN_FOLDERS } from "../layout";
import { mendSeries } from "../metrics";
import { readRunInfo } from "./run-meta";
import type { StoreRoot } from "../store-root";

/** A run's folder, its meta.yaml as it is now, and the metric files that this process has appended to. */
export interface LocatedRun {
  readonly folder: string;
  readonly info: RunInfo;
  readonly touched: Set<string>;
}

const REMEMBERED_RUNS = 4096;

/** Finds runs by id. Where one lay is remembered, and looked up again when another process has moved its experiment. */
export class RunLocator {
  readonly #root: StoreRoot;
  /** The runs that this process has written to, by their `touched`. */
  readonly #written = new WeakSet<Set<string>>();
  readonly #known = new Map<string, { folder: string; touched: Set<string> }>();

  constructor(root: StoreRoot) {
    this.#root = root;
  }

  /** @throws RESOURCE_DOES_NOT_EXIST, or DATA_LOSS when the run's meta.yaml is corrupt */
  find(runId: string): LocatedRun {
    const known = this.#known.get(runId);
    const info = known && readRunInfo(known.folder);
    if (known && info) return { ...known, info };
    this.#known.delete(runId);
    if (isRunFolderName(runId)) {
      for (const experimentFolder of listExperimentFolders(this.#root)) {
        const folder = join(experimentFolder, runId);
        const found = isRunFolder(folder) ? readRunInfo(folder) : undefined;
        if (found) return { ...this.remember(folder), info: found };
      }
    }
    throw new StoreError(messages.runNotFound(runId));
  }

  /** The run, for a write: the first one mends what a killed process has left. @throws as {@link find}, and INVALID_PARAMETER_VALUE when the run is deleted */
  findActive(runId: string): LocatedRun {
    const run = this.find(runId);
    if (run.info.lifecycleStage === "deleted") throw new InvalidInputError(messages.runDeleted(runId));
    if (!this.#written.has(run.touched)) {
      mendSeries(run.folder);
      this.#written.add(run.touched);
    }
    return run;
  }

  /** Notes where a run lies. */
  remember(folder: string): { folder: string; touched: Set<string> } {
    if (this.#known.size >= REMEMBERED_RUNS) this.#known.delete(this.#known.keys().next().value as string);
    const place = { folder, touched: new Set<string>() };
    this.#known.set(basename(folder), place);
    return place;
  }
}

/** Python's rule against a meta.yaml planted among artifacts: a run's folder has its three sub-folders. */
export const isRunFolder = (folder: string): boolean => RUN_FOLDERS.every((name) => isFolder(join(folder, name)));

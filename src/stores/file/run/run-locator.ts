import type { Stats } from "node:fs";
import { basename, join } from "node:path";
import { InvalidInputError, messages, type RunInfo, StoreError } from "../../../core";
import { listExperimentFolders } from "../experiments";
import { isFolder } from "../files";
import { isRunFolderName, META_FILE, RUN_FOLDERS } from "../layout";
import { mendSeries } from "../metrics";
import { readRunInfo } from "./run-meta";
import { statIfReachable } from "../stamps";
import type { StoreRoot } from "../store-root";

/** A run's folder, its meta.yaml as it is now, and the metric files that this process has appended to. */
export interface LocatedRun {
  readonly folder: string;
  readonly info: RunInfo;
  readonly touched: Set<string>;
}

/** What is remembered of a run: with its meta.yaml what that file was like when it was read. */
interface KnownRun {
  readonly folder: string;
  readonly touched: Set<string>;
  last?: { readonly info: RunInfo; readonly stats: Stats };
}

/** Those used last; each takes about 2 KB. */
const REMEMBERED_RUNS = 512;

/** Finds runs by id. Where one lay is remembered, and looked up again when another process has moved its experiment. */
export class RunLocator {
  readonly #root: StoreRoot;
  /** The runs that this process has written to, by their `touched`. */
  readonly #written = new WeakSet<Set<string>>();
  readonly #known = new Map<string, KnownRun>();

  constructor(root: StoreRoot) {
    this.#root = root;
  }

  /** @throws RESOURCE_DOES_NOT_EXIST, or DATA_LOSS when the run's meta.yaml is corrupt */
  find(runId: string): LocatedRun {
    const known = this.#known.get(runId);
    const info = known && readRunInfo(known.folder);
    if (known && info) {
      this.#noteUse(runId, known);
      return { ...known, info };
    }
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
    return this.#checked(this.find(runId));
  }

  /**
   * The same for a write that changes nothing in meta.yaml and so only asks whether the run is there and not deleted: while the file looks as it
   * did it is not read again. That is sure, because each change of the life-cycle stage changes its size.
   */
  findUnchanged(runId: string): LocatedRun {
    const known = this.#known.get(runId);
    const stats = known && statIfReachable(join(known.folder, META_FILE));
    if (!known || !stats) return this.findActive(runId);
    const { last } = known;
    if (last && isSame(stats, last.stats)) {
      this.#noteUse(runId, known);
      return this.#checked({ ...known, info: last.info });
    }
    const run = this.findActive(runId);
    known.last = { info: run.info, stats };
    return run;
  }

  #noteUse(runId: string, known: KnownRun): void {
    this.#known.delete(runId);
    this.#known.set(runId, known);
  }

  #checked(run: LocatedRun): LocatedRun {
    const { runId } = run.info;
    if (run.info.lifecycleStage === "deleted") throw new InvalidInputError(messages.runDeleted(runId));
    if (!this.#written.has(run.touched)) {
      mendSeries(run.folder);
      this.#written.add(run.touched);
    }
    return run;
  }

  /** Notes where a run lies that was just made: nobody can have left anything half-written in it. */
  rememberNew(folder: string): void {
    this.#written.add(this.remember(folder).touched);
  }

  /** Notes where a run lies. */
  remember(folder: string): KnownRun {
    if (this.#known.size >= REMEMBERED_RUNS) this.#known.delete(this.#known.keys().next().value as string);
    const place: KnownRun = { folder, touched: new Set<string>() };
    this.#known.set(basename(folder), place);
    return place;
  }
}

const isSame = (a: Stats, b: Stats): boolean => a.ctimeMs === b.ctimeMs && a.size === b.size && a.ino === b.ino;

/** Python's rule against a meta.yaml planted among artifacts: a run's folder has its three sub-folders. */
export const isRunFolder = (folder: string): boolean => RUN_FOLDERS.every((name) => isFolder(join(folder, name)));

import { join, sep } from "node:path";
import type { LifecycleStage, RunEntity, RunInfo } from "../../../core";
import { META_FILE } from "../layout";
import { traceReads } from "../read-trace";
import { isRunFolder, readRunInfo, readRun } from "../run";
import { type Stamp, UNSETTLED } from "../stamps";

/** What was found in a folder: a run, or none, or one that cannot be read. */
export interface RunReading {
  readonly run?: RunEntity;
  readonly problem?: RunProblem;
  /** Everything that was looked at: path below the folder, with `/`, and stamp. */
  readonly entries: readonly (readonly [path: string, stamp: Stamp])[];
}

/** Why a run cannot be read, and its stage if that much is known. */
export interface RunProblem {
  readonly error: unknown;
  readonly stage?: LifecycleStage;
}

/** Reads the run in a folder of an experiment's folder. */
export function readTracedRun(experimentFolder: string, name: string, settlingTime: number): RunReading {
  const folder = join(experimentFolder, name);
  const { value, trace } = traceReads(() => attempt(folder), settlingTime);
  const entries = Array.from(trace, ([path, stamp]) => [pathBelow(folder, experimentFolder, path), stamp] as const);
  const { run } = value;
  return { ...value, entries: run && !isWellFormed(run.info) ? entries.map(distrustMeta) : entries };
}

function attempt(folder: string): Omit<RunReading, "entries"> {
  let info: RunInfo | undefined;
  try {
    info = readRunInfo(folder);
    return info && isRunFolder(folder) ? { run: readRun(folder, info) } : {};
  } catch (error) {
    return { problem: { error, stage: info?.lifecycleStage } };
  }
}

/** What is shared by runs, such as data sets, lies beside the folder. */
function pathBelow(folder: string, experimentFolder: string, path: string): string {
  const relative = path.startsWith(folder + sep)
    ? path.slice(folder.length + 1)
    : `../${path.slice(experimentFolder.length + 1)}`;
  return sep === "/" ? relative : relative.replaceAll(sep, "/");
}

/** YAML can escape half a character, which a snapshot's UTF-8 cannot hold: such a run is read from its files each time. */
const isWellFormed = ({ runName, userId, artifactUri }: RunInfo): boolean =>
  !/\p{Surrogate}/u.test(runName + userId + artifactUri);

const distrustMeta = ([path, stamp]: readonly [string, Stamp]): readonly [string, Stamp] => [
  path,
  path === META_FILE ? UNSETTLED : stamp,
];

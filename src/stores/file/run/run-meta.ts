import { basename, dirname, join } from "node:path";
import { type RunInfo, type RunStatus, replaceFile } from "../../../core";
import { formatYaml } from "../../../core/yaml";
import { META_FILE } from "../layout";
import {
  corrupt,
  integerField,
  lifecycleField,
  type MetaFile,
  optionalIntegerField,
  optionalTextField,
  readMeta,
  requireField,
  textField,
} from "../meta-file";

/** MLflow's RunStatus, by number. */
const STATUS_NUMBERS: Record<RunStatus, number> = { RUNNING: 1, SCHEDULED: 2, FINISHED: 3, FAILED: 4, KILLED: 5 };
const STATUS_BY_NUMBER = new Map(
  Object.entries(STATUS_NUMBERS).map(([status, number]) => [number, status as RunStatus]),
);
/** MLflow's SourceType LOCAL. */
const SOURCE_TYPE_LOCAL = 4;

/** The meta.yaml of the run in a folder; `undefined` when there is none. @throws DATA_LOSS */
export function readRunInfo(folder: string): RunInfo | undefined {
  const meta = readMeta(folder);
  if (!meta) return undefined;
  const runId = basename(folder);
  const experimentId = basename(dirname(folder));
  requireField(meta, "run_id", runId);
  requireField(meta, "experiment_id", experimentId);
  return {
    runId,
    runName: optionalTextField(meta, "run_name") ?? "",
    experimentId,
    userId: optionalTextField(meta, "user_id") ?? "",
    status: statusField(meta),
    startTime: integerField(meta, "start_time"),
    endTime: optionalIntegerField(meta, "end_time"),
    artifactUri: textField(meta, "artifact_uri"),
    lifecycleStage: lifecycleField(meta),
  };
}

function statusField(meta: MetaFile): RunStatus {
  const number = optionalIntegerField(meta, "status") ?? STATUS_NUMBERS.RUNNING;
  const status = STATUS_BY_NUMBER.get(number);
  if (!status) throw corrupt(meta.path, `its status ${number} is none of MLflow's`);
  return status;
}

/** Writes a run's meta.yaml. `deletedTime`: epoch ms; `null` as MLflow writes it at creation; `undefined` at every later change of a live run. */
export function writeRunInfo(folder: string, info: RunInfo, deletedTime?: number | null): void {
  const text = formatYaml({
    artifact_uri: info.artifactUri,
    ...(deletedTime !== undefined && { deleted_time: deletedTime }),
    end_time: info.endTime ?? null,
    entry_point_name: "",
    experiment_id: info.experimentId,
    lifecycle_stage: info.lifecycleStage,
    run_id: info.runId,
    run_name: info.runName,
    source_name: "",
    source_type: SOURCE_TYPE_LOCAL,
    source_version: "",
    start_time: info.startTime,
    status: STATUS_NUMBERS[info.status],
    tags: [],
    user_id: info.userId,
  });
  replaceFile(join(folder, META_FILE), text);
}

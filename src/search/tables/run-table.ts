import { type DatasetInput, type RunEntity, type RunInfo, TAGS } from "../../core";
import {
  closedEntity,
  type Field,
  numberField,
  openEntity,
  ownNumber,
  ownText,
  ownValue,
  type SearchTable,
  textField,
} from "../language";

/** How the parts of a run that searches look at are read from a `T`. */
export interface RunFields<T> {
  info<Key extends keyof RunInfo>(run: T, key: Key): RunInfo[Key];
  /** The latest value. */
  metric(run: T, key: string): number | undefined;
  param(run: T, key: string): string | undefined;
  tag(run: T, key: string): string | undefined;
  datasetInputs(run: T): readonly DatasetInput[];
}

const ENTITY_FIELDS: RunFields<RunEntity> = {
  info: (run, key) => run.info[key],
  metric: (run, key) => ownValue(run.data.metrics, key),
  param: (run, key) => ownValue(run.data.params, key),
  tag: (run, key) => ownValue(run.data.tags, key),
  datasetInputs: (run) => run.inputs.datasetInputs,
};

/** What runs are searched by (MLflow's `SearchUtils`), whatever they are read from. */
export function runTable<T>(fields: RunFields<T>): SearchTable<T> {
  const text = (key: string, name: keyof RunInfo, isListed = false): Field<T> =>
    textField(key, (run) => fields.info(run, name), { isListed });
  const time = (key: string, name: "startTime" | "endTime"): Field<T> =>
    numberField(key, (run) => fields.info(run, name));
  const dataset = (key: string, read: (input: DatasetInput) => string | undefined): Field<T> =>
    textField(key, (run) => fields.datasetInputs(run).flatMap((input) => read(input) ?? []), { isOrderable: false });
  return {
    entities: {
      attribute: closedEntity(
        [
          text("run_id", "runId", true),
          text("run_name", "runName"),
          text("status", "status"),
          text("user_id", "userId"),
          text("artifact_uri", "artifactUri"),
          { ...text("experiment_id", "experimentId"), operators: [] },
          time("start_time", "startTime"),
          time("end_time", "endTime"),
        ],
        {
          created: "start_time",
          Created: "start_time",
          "run name": "run_name",
          "Run name": "run_name",
          "Run Name": "run_name",
        },
      ),
      metric: openEntity((key) => ownNumber((run) => fields.metric(run, key))),
      param: openEntity((key) => ownText((run) => fields.param(run, key), { isOrderable: true })),
      tag: openEntity((key) => ownText((run) => fields.tag(run, key), { isOrderable: true })),
      dataset: closedEntity([
        dataset("name", ({ dataset: { name } }) => name),
        dataset("digest", ({ dataset: { digest } }) => digest),
        dataset("context", ({ tags }) => ownValue(tags, TAGS.dataContext)),
      ]),
    },
  };
}

/** The same for whole runs. */
export const RUN_TABLE: SearchTable<RunEntity> = runTable(ENTITY_FIELDS);

import type { RunEntity } from "../core";
import {
  closedEntity,
  type Field,
  LIST_OPERATORS,
  NUMBER_OPERATORS,
  openEntity,
  ownValue,
  PRESENCE_OPERATORS,
  type SearchTable,
  TEXT_OPERATORS,
} from "./search-table";

/** The tag of a data set input that says what it was for (mlflow/utils/mlflow_tags.py). */
const CONTEXT_TAG = "mlflow.data.context";

const text = (key: string, read: Field<RunEntity>["read"]): Field<RunEntity> => ({
  key,
  type: "text",
  operators: TEXT_OPERATORS,
  isOrderable: true,
  read,
});

const time = (key: string, read: Field<RunEntity>["read"]): Field<RunEntity> => ({
  key,
  type: "number",
  operators: NUMBER_OPERATORS,
  isOrderable: true,
  read,
});

const dataset = (key: string, read: Field<RunEntity>["read"]): Field<RunEntity> => ({
  key,
  type: "text",
  operators: [...TEXT_OPERATORS, ...LIST_OPERATORS],
  isOrderable: false,
  read,
});

/** What runs are searched by (MLflow's `SearchUtils`). */
export const RUN_TABLE: SearchTable<RunEntity> = {
  entities: {
    attribute: closedEntity(
      [
        { ...text("run_id", (run) => run.info.runId), operators: [...TEXT_OPERATORS, ...LIST_OPERATORS] },
        text("run_name", (run) => run.info.runName),
        text("status", (run) => run.info.status),
        text("user_id", (run) => run.info.userId),
        text("artifact_uri", (run) => run.info.artifactUri),
        { ...text("experiment_id", (run) => run.info.experimentId), operators: [] },
        time("start_time", (run) => run.info.startTime),
        time("end_time", (run) => run.info.endTime),
      ],
      {
        created: "start_time",
        Created: "start_time",
        "run name": "run_name",
        "Run name": "run_name",
        "Run Name": "run_name",
      },
    ),
    metric: openEntity((key) => ({
      type: "number",
      operators: NUMBER_OPERATORS,
      isOrderable: true,
      read: (run) => ownValue(run.data.metrics, key),
    })),
    param: openEntity((key) => ({
      type: "text",
      operators: [...TEXT_OPERATORS, ...PRESENCE_OPERATORS],
      isOrderable: true,
      read: (run) => ownValue(run.data.params, key),
    })),
    tag: openEntity((key) => ({
      type: "text",
      operators: [...TEXT_OPERATORS, ...PRESENCE_OPERATORS],
      isOrderable: true,
      read: (run) => ownValue(run.data.tags, key),
    })),
    dataset: closedEntity([
      dataset("name", (run) => run.inputs.datasetInputs.map((input) => input.dataset.name)),
      dataset("digest", (run) => run.inputs.datasetInputs.map((input) => input.dataset.digest)),
      dataset("context", (run) => run.inputs.datasetInputs.flatMap((input) => ownValue(input.tags, CONTEXT_TAG) ?? [])),
    ]),
  },
};

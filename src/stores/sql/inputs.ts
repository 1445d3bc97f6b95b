import { sql } from "kysely";
import {
  type Dataset,
  type DatasetInput,
  type ModelInput,
  type ModelOutput,
  newRunId,
  type RunInputs,
  type RunOutputs,
} from "../../core";
import type { SqlContext } from "./context";
import { requireActiveRun } from "./runs";
import { performAll, rowsOf, type Steps } from "./steps";
import { groupBy, textsOf } from "./texts";
import { linkOrder } from "../link-order";

const INPUT_COLUMNS = ["input_uuid", "source_type", "source_id", "destination_type", "destination_id", "step"];
const INPUT_KEY = ["source_type", "source_id", "destination_type", "destination_id"];

/** How MLflow calls the two ends of what is noted in `inputs`. */
const DATASET_OF_RUN = { source_type: "DATASET", destination_type: "RUN" } as const;
const MODEL_READ = { source_type: "RUN_INPUT", destination_type: "MODEL_INPUT" } as const;
const MODEL_MADE = { source_type: "RUN_OUTPUT", destination_type: "MODEL_OUTPUT" } as const;

/** Notes the data sets and models that an active run read. What is noted already is left as it is, tags included. */
export function* logInputs(
  context: SqlContext,
  runId: string,
  { datasets = [], models = [] }: { datasets?: readonly DatasetInput[]; models?: readonly ModelInput[] },
): Steps<void> {
  const experimentId = yield* requireActiveRun(context, runId);
  for (const { dataset, tags } of datasets) {
    const datasetId = yield* ensureDataset(context, experimentId, dataset);
    if (yield* isInput(context, runId, datasetId)) continue;
    const inputId = newRunId();
    yield* addInputs(context, [
      [inputId, DATASET_OF_RUN.source_type, datasetId, DATASET_OF_RUN.destination_type, runId, 0],
    ]);
    yield* performAll(
      context.dialect.insertMissing({
        table: "input_tags",
        columns: ["input_uuid", "name", "value"],
        rows: Object.entries(tags).map(([name, value]) => [inputId, name, value]),
        key: ["input_uuid", "name"],
      }),
    );
  }
  const { source_type, destination_type } = MODEL_READ;
  yield* addInputs(
    context,
    models.map(({ modelId }) => [newRunId(), source_type, runId, destination_type, modelId, 0]),
  );
}

/** Notes the models that an active run made. */
export function* logOutputs(context: SqlContext, runId: string, models: readonly ModelOutput[]): Steps<void> {
  yield* requireActiveRun(context, runId);
  const { source_type, destination_type } = MODEL_MADE;
  yield* addInputs(
    context,
    models.map(({ modelId, step }) => [newRunId(), source_type, runId, destination_type, modelId, step]),
  );
}

function* addInputs({ dialect }: SqlContext, rows: readonly (readonly unknown[])[]): Steps<void> {
  yield* performAll(dialect.insertMissing({ table: "inputs", columns: INPUT_COLUMNS, rows, key: INPUT_KEY }));
}

/** The id of a data set of an experiment, which is noted when it is new. */
function* ensureDataset({ dialect }: SqlContext, experimentId: number, dataset: Dataset): Steps<string> {
  const known = yield* rowsOf(
    dialect.db
      .selectFrom("datasets")
      .select("dataset_uuid")
      .where("experiment_id", "=", experimentId)
      .where("name", "=", dataset.name)
      .where("digest", "=", dataset.digest),
  );
  if (known[0]) return known[0].dataset_uuid;
  const row = {
    dataset_uuid: newRunId(),
    experiment_id: experimentId,
    name: dataset.name,
    digest: dataset.digest,
    dataset_source_type: dataset.sourceType,
    dataset_source: dataset.source,
    dataset_schema: dataset.schema ?? null,
    dataset_profile: dataset.profile ?? null,
  };
  yield* performAll(
    dialect.insert({
      table: "datasets",
      columns: Object.keys(row),
      rows: [Object.values(row)],
      key: ["experiment_id", "name", "digest"],
    }),
  );
  return row.dataset_uuid;
}

function* isInput({ dialect }: SqlContext, runId: string, datasetId: string): Steps<boolean> {
  const { source_type, destination_type } = DATASET_OF_RUN;
  const found = yield* rowsOf(
    dialect.db
      .selectFrom("inputs")
      .select("input_uuid")
      .where("source_type", "=", source_type)
      .where("source_id", "=", datasetId)
      .where("destination_type", "=", destination_type)
      .where("destination_id", "=", runId),
  );
  return found.length > 0;
}

/** What each of these runs read and made. */
export function* readInputsAndOutputs(
  { dialect }: SqlContext,
  runIds: readonly string[],
): Steps<(runId: string) => { readonly inputs: RunInputs; readonly outputs: RunOutputs }> {
  const { db } = dialect;
  const datasets = yield* rowsOf(
    db
      .selectFrom("inputs")
      .innerJoin("datasets", "datasets.dataset_uuid", "inputs.source_id")
      .selectAll("datasets")
      .select(["inputs.input_uuid", "inputs.destination_id"])
      .where("inputs.source_type", "=", DATASET_OF_RUN.source_type)
      .where("inputs.destination_type", "=", DATASET_OF_RUN.destination_type)
      .where(dialect.isAmong(sql.ref("inputs.destination_id"), runIds)),
  );
  const tags =
    datasets.length === 0
      ? []
      : yield* rowsOf(
          db
            .selectFrom("input_tags")
            .select(["input_uuid", "name as key", "value"])
            .where(
              dialect.isAmong(
                sql.ref("input_uuid"),
                datasets.map((row) => row.input_uuid),
              ),
            ),
        );
  const models = yield* rowsOf(
    db
      .selectFrom("inputs")
      .selectAll()
      .where("source_type", "in", [MODEL_READ.source_type, MODEL_MADE.source_type])
      .where(dialect.isAmong(sql.ref("source_id"), runIds)),
  );
  const datasetsOf = groupBy(datasets, (row) => row.destination_id);
  const tagsOf = groupBy(tags, (row) => row.input_uuid);
  const modelsOf = groupBy(models, (row) => row.source_id);
  return (runId) => ({
    inputs: {
      datasetInputs: datasetsOf(runId)
        .map((row) => ({
          dataset: {
            name: row.name,
            digest: row.digest,
            sourceType: row.dataset_source_type,
            source: row.dataset_source,
            schema: row.dataset_schema ?? undefined,
            profile: row.dataset_profile ?? undefined,
          },
          tags: textsOf(tagsOf(row.input_uuid)),
        }))
        .sort(linkOrder.datasets),
      modelInputs: modelsOf(runId)
        .filter((row) => row.destination_type === MODEL_READ.destination_type)
        .map((row) => ({ modelId: row.destination_id }))
        .sort(linkOrder.modelInputs),
    },
    outputs: {
      modelOutputs: modelsOf(runId)
        .filter((row) => row.destination_type === MODEL_MADE.destination_type)
        .map((row) => ({ modelId: row.destination_id, step: row.step }))
        .sort(linkOrder.modelOutputs),
    },
  });
}

import {
  type DatasetInput,
  InvalidInputError,
  LIMITS,
  type ModelInput,
  type ModelOutput,
  messages,
  validateKey,
  validateOptions,
  validateRecord,
  validateStep,
} from "../../core";
import { requireArray, requireText, toParam, toTag } from "../arguments";
import { requireDatasetInput } from "../dataset-checks";
import { type MetricOptions, type MetricPoint, toSeries } from "./metric-batch";
import { RunOperations } from "./run-operations";

/** What one batch writes to a run: at most 1000 metrics, 100 params and 100 tags, 1000 altogether. */
export interface LogBatchOptions {
  readonly metrics?: readonly MetricPoint[];
  readonly params?: readonly { readonly key: string; readonly value: unknown }[];
  readonly tags?: readonly { readonly key: string; readonly value: unknown }[];
}

/** The operations of {@link TrackingClient} that write to a run. */
export class LoggingOperations extends RunOperations {
  /** Adds a point to a metric. NaN and ±Infinity are kept. */
  async logMetric(runId: string, key: string, value: number, options: MetricOptions = {}): Promise<void> {
    requireText("The run's id", runId);
    validateOptions("logMetric", options, ["timestamp", "step", "modelId", "datasetName", "datasetDigest"]);
    await this.store.logBatch(runId, { metrics: toSeries([{ ...options, key, value }]) });
  }

  /** Adds a param; rejects with INVALID_PARAMETER_VALUE when the run has it with another value. */
  async logParam(runId: string, key: string, value: unknown): Promise<void> {
    requireText("The run's id", runId);
    await this.store.logBatch(runId, { params: [toParam(key, value)] });
  }

  /** Sets a tag; `mlflow.runName` renames the run. */
  async setTag(runId: string, key: string, value: unknown): Promise<void> {
    requireText("The run's id", runId);
    await this.store.logBatch(runId, { tags: [toTag(key, value)] });
  }

  /** Removes a tag. Rejects with RESOURCE_DOES_NOT_EXIST when the run has no such tag. */
  async deleteTag(runId: string, key: string): Promise<void> {
    requireText("The run's id", runId);
    validateKey("tag", key);
    await this.store.deleteTag(runId, key);
  }

  /** Adds metrics and params and sets tags. All of it is checked before any of it is written. */
  async logBatch(runId: string, options: LogBatchOptions): Promise<void> {
    requireText("The run's id", runId);
    validateOptions("logBatch", options, ["metrics", "params", "tags"]);
    const { metrics = [], params = [], tags = [] } = options;
    requireArray("The metrics of logBatch", metrics);
    requireArray("The params of logBatch", params);
    requireArray("The tags of logBatch", tags);
    requireCount("metrics", metrics.length, LIMITS.metricsPerBatch);
    requireCount("params", params.length, LIMITS.paramsPerBatch);
    requireCount("tags", tags.length, LIMITS.tagsPerBatch);
    requireCount("metrics, params, and tags", metrics.length + params.length + tags.length, LIMITS.entitiesPerBatch);
    const batch = {
      metrics: toSeries(metrics),
      params: params.map(({ key, value }) => toParam(key, value)),
      tags: tags.map(({ key, value }) => toTag(key, value)),
    };
    const seen = new Set<string>();
    for (const { key } of batch.params) {
      if (seen.has(key)) throw new InvalidInputError(messages.duplicateParam(key));
      seen.add(key);
    }
    await this.store.logBatch(runId, batch);
  }

  /** Notes the data sets and models that a run read. */
  async logInputs(
    runId: string,
    options: { datasets?: readonly DatasetInput[]; models?: readonly ModelInput[] } = {},
  ): Promise<void> {
    requireText("The run's id", runId);
    validateOptions("logInputs", options, ["datasets", "models"]);
    const { datasets = [], models = [] } = options;
    requireArray("The datasets of logInputs", datasets);
    requireArray("The models of logInputs", models);
    for (const input of datasets) requireDatasetInput(input);
    for (const input of models) requireModel(input);
    await this.store.logInputs(runId, { datasets, models });
  }

  /** Notes the models that a run made. */
  async logOutputs(runId: string, models: readonly ModelOutput[]): Promise<void> {
    requireText("The run's id", runId);
    requireArray("The models of logOutputs", models);
    for (const output of models) {
      requireModel(output);
      validateStep(output.modelId, output.step);
    }
    await this.store.logOutputs(runId, models);
  }
}

function requireCount(kind: string, count: number, limit: number): void {
  if (count > limit) throw new InvalidInputError(messages.batchTooLarge(kind, count, limit));
}

function requireModel(reference: ModelInput): void {
  validateRecord("A model of a run", reference);
  requireText("The model's id", reference.modelId);
}

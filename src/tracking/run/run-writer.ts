import {
  type Dataset,
  now,
  TAGS,
  validateKey,
  validateMetricValue,
  validateOptions,
  validateRecord,
  validateStep,
  validateTimestamp,
} from "../../core";
import { requiredEntriesOf, toParam, toTag } from "../arguments";
import { requireDatasetInput } from "../dataset-checks";
import type { OpenRun } from "./open-run";

/** Options of `logMetric`. */
export interface LogMetricOptions {
  /** Any whole number, negative ones included. @default 0 */
  step?: number;
  /** Epoch milliseconds. @default now */
  timestamp?: number;
}

/** Options of `logInput`. */
export interface LogInputOptions {
  /** What the data set was for: `train`, `eval`, … Kept as input tag `mlflow.data.context`. */
  context?: string;
  tags?: Record<string, string>;
}

/**
 * The logging verbs. Each checks its arguments and throws at once when they are wrong, then queues and returns; trouble of the
 * store is told by `flush()` and `end()`, never here.
 */
export abstract class RunWriter {
  /** The run to write to, checked to take verbs; `undefined` when none could be opened. */
  protected abstract target(verb: string): OpenRun | undefined;

  /** The run to write to, when it is known without opening one: spares the check of names that it has seen. */
  protected abstract targetIfOpen(): OpenRun | undefined;

  /** Where a verb whose arguments are right writes to: with that it moves the end of a run that is over. */
  protected open(verb: string): OpenRun | undefined {
    const run = this.target(verb);
    run?.moveEnd();
    return run;
  }

  /**
   * Logs one hyperparameter. It keeps its first value: the same again is fine, another throws.
   * @throws INVALID_PARAMETER_VALUE
   * @example logParam("learning_rate", 0.01);
   */
  logParam(key: string, value: unknown): void {
    validateKey("param", key);
    this.#writeParams("logParam", { [key]: value });
  }

  /** Logs hyperparameters. All are checked before the first is logged. */
  logParams(params: Record<string, unknown>): void {
    this.#writeParams("logParams", params);
  }

  #writeParams(verb: string, params: Record<string, unknown>): void {
    const texts = requiredEntriesOf("The params", params, toParam);
    const run = this.open(verb);
    for (const { key, value } of texts) run?.checkParam(key, value);
    for (const { key, value } of texts) run?.param(key, value);
  }

  /**
   * Logs one point of a metric.
   * @throws INVALID_PARAMETER_VALUE
   * @example logMetric("loss", 0.25, { step: 3 });
   */
  logMetric(key: string, value: number, options?: LogMetricOptions): void {
    if (!this.targetIfOpen()?.knowsMetric(key)) validateKey("metric", key);
    validateMetricValue(key, value);
    this.#writeMetric("logMetric", key, value, options);
  }

  #writeMetric(verb: string, key: string, value: number, options: LogMetricOptions | undefined): void {
    const step = options?.step ?? 0;
    const timestamp = options?.timestamp ?? now();
    if (options !== undefined) {
      validateOptions(verb, options, ["step", "timestamp"]);
      validateStep(key, step);
      validateTimestamp(key, timestamp);
    }
    this.open(verb)?.metric(key, value, timestamp, step);
  }

  /** Logs a point of each of several metrics, all with the same time and step. */
  logMetrics(metrics: Record<string, number>, options?: LogMetricOptions): void {
    validateRecord("The metrics", metrics);
    for (const [key, value] of Object.entries(metrics)) {
      validateKey("metric", key);
      validateMetricValue(key, value);
    }
    const timestamp = options?.timestamp ?? now();
    for (const [key, value] of Object.entries(metrics))
      this.#writeMetric("logMetrics", key, value, { ...options, timestamp });
  }

  /** Sets a tag; a later value replaces the earlier one. */
  setTag(key: string, value: unknown): void {
    validateKey("tag", key);
    this.#writeTags("setTag", { [key]: value });
  }

  /** Sets tags. All are checked before the first is set. */
  setTags(tags: Record<string, unknown>): void {
    this.#writeTags("setTags", tags);
  }

  #writeTags(verb: string, tags: Record<string, unknown>): void {
    const texts = requiredEntriesOf("The tags", tags, toTag);
    const run = this.open(verb);
    for (const { key, value } of texts) run?.tag(key, value);
  }

  /** Takes a tag off the run. */
  deleteTag(key: string): void {
    validateKey("tag", key);
    this.open("deleteTag")?.enqueue((queue) => queue.deleteTag(key));
  }

  /** Notes that the run used a data set, see `dataset()`. */
  logInput(dataset: Dataset, options: LogInputOptions = {}): void {
    validateOptions("logInput", options, ["context", "tags"]);
    const tags = {
      ...options.tags,
      ...(options.context === undefined ? {} : { [TAGS.dataContext]: options.context }),
    };
    const input = { dataset, tags };
    requireDatasetInput(input);
    this.open("logInput")?.enqueue((queue) => queue.datasets.push(input));
  }
}

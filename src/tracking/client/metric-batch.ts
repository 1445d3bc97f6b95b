import {
  InvalidInputError,
  messages,
  now,
  validateKey,
  validateMetricValue,
  validateRecord,
  validateStep,
  validateTimestamp,
} from "../../core";
import type { MetricSeries } from "../../stores";

/** What a metric point may be given besides its key and value. */
export interface MetricOptions {
  /** Epoch ms. @default now */
  readonly timestamp?: number;
  /** @default 0 */
  readonly step?: number;
  /** The LoggedModel that was measured. */
  readonly modelId?: string;
  /** The data set that it was measured on, with its digest. */
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

/** A point in a batch. */
export interface MetricPoint extends MetricOptions {
  readonly key: string;
  readonly value: number;
}

/** The points as stores take them, column by column; points of one metric keep their order. @throws INVALID_PARAMETER_VALUE */
export function toSeries(points: readonly unknown[]): MetricSeries[] {
  const groups = new Map<string, MetricSeries & { values: number[]; timestamps: number[]; steps: number[] }>();
  for (const point of points) {
    validateRecord("A metric", point);
    const {
      key,
      value,
      timestamp = now(),
      step = 0,
      modelId,
      datasetName,
      datasetDigest,
    } = point as Partial<MetricPoint>;
    validateKey("metric", key);
    validateMetricValue(key, value);
    validateTimestamp(key, timestamp);
    validateStep(key, step);
    for (const [name, text] of Object.entries({ modelId, datasetName, datasetDigest }))
      if (text !== undefined && (typeof text !== "string" || text === ""))
        throw new InvalidInputError(
          messages.wrongType(
            `The ${name} of metric "${key}"`,
            text,
            "a string that is not empty",
            "leave it out where there is none.",
          ),
        );
    const group = JSON.stringify([key, modelId, datasetName, datasetDigest]);
    const series = groups.get(group) ?? {
      key,
      values: [],
      timestamps: [],
      steps: [],
      modelId,
      datasetName,
      datasetDigest,
    };
    groups.set(group, series);
    series.values.push(value);
    series.timestamps.push(timestamp);
    series.steps.push(step);
  }
  return [...groups.values()];
}

import type { DatasetInput, ModelOutput, RunStatus } from "../../core";
import type { MetricSeries } from "../../stores";

interface SeriesBuffer extends MetricSeries {
  readonly values: number[];
  readonly timestamps: number[];
  readonly steps: number[];
}

/** What waits to be written for one run. Metrics are kept as columns: three numbers a point, no object. */
export class RunQueue {
  series = new Map<string, SeriesBuffer>();
  params = new Map<string, string>();
  tags = new Map<string, string>();
  deletedTags = new Set<string>();
  datasets: DatasetInput[] = [];
  models: ModelOutput[] = [];
  /** Artifact writes, in the order of the calls. */
  files: (() => void)[] = [];
  status: { status: RunStatus; endTime?: number } | undefined;

  addMetric(key: string, value: number, timestamp: number, step: number): void {
    let buffer = this.series.get(key);
    if (buffer === undefined) {
      buffer = { key, values: [], timestamps: [], steps: [] };
      this.series.set(key, buffer);
    }
    buffer.values.push(value);
    buffer.timestamps.push(timestamp);
    buffer.steps.push(step);
  }

  setTag(key: string, value: string): void {
    this.deletedTags.delete(key);
    this.tags.set(key, value);
  }

  /** A value that still waits is written first, so that there is something to delete. */
  deleteTag(key: string): void {
    this.deletedTags.add(key);
  }

  /** All that waits, as columns and lists, leaving the queue empty. */
  take(): Taken {
    const taken: Taken = {
      series: [...this.series.values()],
      params: Array.from(this.params, ([key, value]) => ({ key, value })),
      tags: Array.from(this.tags, ([key, value]) => ({ key, value })),
      deletedTags: [...this.deletedTags],
      datasets: this.datasets,
      models: this.models,
      files: this.files,
      status: this.status,
    };
    this.series = new Map();
    this.params = new Map();
    this.tags = new Map();
    this.deletedTags = new Set();
    this.datasets = [];
    this.models = [];
    this.files = [];
    this.status = undefined;
    return taken;
  }

  /** Lets what was taken and not written wait again, before what has come since. */
  putBack({ series, params, tags, deletedTags, datasets, models, files, status }: Taken): void {
    const newer = this.take();
    for (const { key, values, timestamps, steps } of [...series, ...newer.series])
      for (const [index, value] of values.entries())
        this.addMetric(key, value, timestamps[index] as number, steps[index] as number);
    for (const { key, value } of [...params, ...newer.params]) this.params.set(key, value);
    for (const { key, value } of [...tags, ...newer.tags]) this.tags.set(key, value);
    for (const key of [...deletedTags, ...newer.deletedTags]) this.deletedTags.add(key);
    this.datasets = [...datasets, ...newer.datasets];
    this.models = [...models, ...newer.models];
    this.files = [...files, ...newer.files];
    this.status = newer.status ?? status;
  }
}

/** `series` and `files` shrink as they are written: writing one of these twice is not the same as once. */
export interface Taken {
  readonly series: MetricSeries[];
  readonly params: readonly { key: string; value: string }[];
  readonly tags: readonly { key: string; value: string }[];
  readonly deletedTags: readonly string[];
  readonly datasets: readonly DatasetInput[];
  readonly models: readonly ModelOutput[];
  readonly files: (() => void)[];
  readonly status: { status: RunStatus; endTime?: number } | undefined;
}

import { InvalidInputError, LIMITS, type Metric, StoreError, type TrackbookError } from "../../core";
import type { AnyTrackingStore, Batch, MetricSeries } from "../../stores";
import type { Confirmed } from "../recording-store";
import type { DeliveryState, JournalReader, Position } from "./journal";
import type { JournalRecord, Operation } from "./operations";
import { Performer } from "./performer";

/** Codes of failures that say nothing about the operation: it is done later. */
const PASSING = [
  "TEMPORARILY_UNAVAILABLE",
  "INTERNAL_ERROR",
  "UNAUTHENTICATED",
  "PERMISSION_DENIED",
  "NOT_IMPLEMENTED",
];

/** What the server has refused for good. */
export interface Refusal {
  readonly run?: string;
  readonly what: string;
  readonly error: TrackbookError;
}

export interface DelivererOptions {
  readonly store: AnyTrackingStore;
  readonly folder: string;
  readonly reader: JournalReader;
  readonly state: DeliveryState;
  /** The journal may have been delivered before, or another copy of it: what the server has is looked up. */
  readonly isReplay: boolean;
  readonly onRefusal: (refusal: Refusal) => void;
  readonly onConfirmed?: (ours: string, theirs: Confirmed) => void;
}

/** Does what waits in a journal on a server, in order and in batches of MLflow's limits. */
export class Deliverer {
  readonly #options: DelivererOptions;
  readonly #performer: Performer;
  /** What is sent now may have arrived before. */
  #isUncertain: boolean;
  readonly #histories = new Map<string, Set<string>>();

  constructor(options: DelivererOptions) {
    this.#options = options;
    this.#isUncertain = options.isReplay;
    this.#performer = new Performer(options.store, options.folder, options.state, (ours, theirs) =>
      options.onConfirmed?.(ours, theirs),
    );
  }

  /** Delivers all that is there. Rejects when the server cannot take it now; then it begins at the same place the next time. */
  async deliverAll(): Promise<void> {
    for (;;) {
      const group = this.#nextGroup();
      if (!group) return;
      try {
        await this.#deliver(group);
      } catch (error) {
        this.#options.reader.rewind(group.from);
        // The request may have arrived although its answer did not.
        this.#isUncertain = true;
        throw error;
      }
      this.#options.state.position = group.end;
      this.#options.reader.discardBefore(group.end);
      if (!this.#options.isReplay) this.#isUncertain = false;
    }
  }

  /** The next records that go in one request. */
  #nextGroup(): Group | undefined {
    const { reader } = this.#options;
    const from = reader.position;
    const first = reader.next();
    if (!first) return undefined;
    const records: JournalRecord[] = [first];
    let end = first.end;
    const room = roomAfter(first.operation);
    while (room) {
      const before = reader.position;
      const next = reader.next();
      if (!next) break;
      if (!room.takes(next.operation)) {
        reader.rewind(before);
        break;
      }
      records.push(next);
      end = next.end;
    }
    return { from, end, records };
  }

  async #deliver({ records }: Group): Promise<void> {
    const [first] = records as [JournalRecord];
    const { operation } = first;
    if (operation.op !== "metric" && operation.op !== "batch") {
      await this.#unlessRefused(operation, () => this.#performer.perform(first, this.#isUncertain));
      return;
    }
    const { run } = operation;
    const parts = records.map(toBatch);
    await this.#logBatch(
      run,
      {
        params: parts.flatMap(({ params = [] }) => params),
        tags: parts.flatMap(({ tags = [] }) => tags),
      },
      operation,
    );
    await this.#logMetrics(
      run,
      parts.flatMap(({ metrics = [] }) => metrics),
      operation,
    );
  }

  /** Each entry by itself when the server refuses them together. */
  async #logBatch(run: string, batch: Batch, operation: Operation): Promise<void> {
    const { params = [], tags = [] } = batch;
    if (params.length + tags.length === 0) return;
    const { store } = this.#options;
    const id = this.#performer.idOf(run);
    try {
      await store.logBatch(id, batch);
    } catch (error) {
      throwUnlessRefused(error);
      for (const param of params)
        await this.#unlessRefused(operation, () => store.logBatch(id, { params: [param] }), `param "${param.key}"`);
      for (const tag of tags)
        await this.#unlessRefused(operation, () => store.logBatch(id, { tags: [tag] }), `tag "${tag.key}"`);
    }
  }

  async #logMetrics(run: string, series: readonly MetricSeries[], operation: Operation): Promise<void> {
    const { store } = this.#options;
    const id = this.#performer.idOf(run);
    for (const some of slices(series)) {
      const metrics = this.#isUncertain ? await this.#missing(id, some) : some;
      const sent = metrics.map(({ modelId, ...one }) => ({
        ...one,
        ...(modelId !== undefined && { modelId: this.#performer.idOf(modelId) }),
      }));
      if (sent.length > 0) await this.#unlessRefused(operation, () => store.logBatch(id, { metrics: sent }), "metrics");
    }
  }

  /** The points that the run's history does not hold yet. */
  async #missing(id: string, series: readonly MetricSeries[]): Promise<MetricSeries[]> {
    const missing: MetricSeries[] = [];
    for (const one of series) {
      const known = await this.#historyOf(id, one.key);
      const kept = [...one.values.keys()].filter((index) => !known.has(pointAt(one, index)));
      if (kept.length > 0)
        missing.push({
          ...one,
          values: kept.map((index) => one.values[index] as number),
          timestamps: kept.map((index) => one.timestamps[index] as number),
          steps: kept.map((index) => one.steps[index] as number),
        });
    }
    return missing;
  }

  async #historyOf(id: string, key: string): Promise<Set<string>> {
    const place = `${id}/${key}`;
    const known = this.#options.isReplay ? this.#histories.get(place) : undefined;
    if (known) return known;
    const { items } = await this.#options.store.getMetricHistory(id, key);
    const points = new Set(items.map(({ value, timestamp, step }: Metric) => point(value, timestamp, step)));
    if (this.#options.isReplay) this.#histories.set(place, points);
    return points;
  }

  async #unlessRefused(operation: Operation, act: () => unknown, what: string = operation.op): Promise<void> {
    try {
      await act();
    } catch (error) {
      throwUnlessRefused(error);
      const refused = error as TrackbookError;
      this.#options.state.reject(operation, refused.message);
      const run = "run" in operation ? operation.run : undefined;
      this.#options.onRefusal({ what, error: refused, ...(run !== undefined && { run }) });
    }
  }
}

interface Group {
  readonly from: Position;
  readonly end: Position;
  readonly records: readonly JournalRecord[];
}

/** Counts what still fits into a request that begins with this operation; `undefined` when it goes alone. */
function roomAfter(first: Operation): { takes(next: Operation): boolean } | undefined {
  if (first.op !== "metric" && first.op !== "batch") return undefined;
  const left = { metrics: LIMITS.metricsPerBatch, params: LIMITS.paramsPerBatch, tags: LIMITS.tagsPerBatch };
  const take = (operation: Operation): boolean => {
    if ((operation.op !== "metric" && operation.op !== "batch") || operation.run !== first.run) return false;
    if (operation.op === "metric") {
      if (operation.count > left.metrics) return false;
      left.metrics -= operation.count;
      return true;
    }
    const { params = [], tags = [] } = operation;
    if (params.length > left.params || tags.length > left.tags) return false;
    left.params -= params.length;
    left.tags -= tags.length;
    return true;
  };
  take(first);
  return { takes: take };
}

function toBatch({ operation, payload }: JournalRecord): Batch {
  if (operation.op === "batch") return operation;
  if (operation.op !== "metric") return {};
  const { key, count, modelId, datasetName, datasetDigest } = operation;
  const numbers = new Float64Array(payload.buffer.slice(payload.byteOffset, payload.byteOffset + count * 24));
  const part = (index: number) => [...numbers.subarray(index * count, (index + 1) * count)];
  return {
    metrics: [{ key, values: part(0), timestamps: part(1), steps: part(2), modelId, datasetName, datasetDigest }],
  };
}

/** The same points in pieces of as many as one request takes. */
function* slices(series: readonly MetricSeries[]): Generator<MetricSeries[]> {
  let piece: MetricSeries[] = [];
  let room: number = LIMITS.metricsPerBatch;
  for (const one of series)
    for (let from = 0; from < one.values.length; ) {
      const to = Math.min(one.values.length, from + room);
      piece.push({
        ...one,
        values: one.values.slice(from, to),
        timestamps: one.timestamps.slice(from, to),
        steps: one.steps.slice(from, to),
      });
      room -= to - from;
      from = to;
      if (room > 0) continue;
      yield piece;
      piece = [];
      room = LIMITS.metricsPerBatch;
    }
  if (piece.length > 0) yield piece;
}

const point = (value: number, timestamp: number, step: number): string => `${value} ${timestamp} ${step}`;

const pointAt = ({ values, timestamps, steps }: MetricSeries, index: number): string =>
  point(values[index] as number, timestamps[index] as number, steps[index] as number);

function throwUnlessRefused(error: unknown): void {
  if (!isRefused(error)) throw error;
}

const isRefused = (error: unknown): boolean =>
  error instanceof InvalidInputError || (error instanceof StoreError && !PASSING.includes(error.code));

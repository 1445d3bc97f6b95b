import { LIMITS, messages, type Metric, StoreError } from "../../core";
import type { AnyTrackingStore, MetricSeries } from "../../stores";
import type { Confirmed } from "../recording-store";
import type { DeliveryState } from "./delivery-state";
import type { JournalReader, Position } from "./journal";
import { toMetricRecord, toSeries } from "./metric-record";
import type { JournalRecord, Operation } from "./operations";
import { Performer } from "./performer";
import { knownMetrics, point, pointAt, slices } from "./points";
import { verdictOf } from "./verdicts";

/** An operation at which a delivery stands still is given up after so many tries over so many milliseconds. */
const TRIES = 3;
const PATIENCE = 10 * 60_000;

/** What the server has refused for good. */
export interface Refusal {
  readonly run?: string;
  readonly what: string;
  readonly error: Error;
  /** It was not asked: what it was to be told can be read no more. */
  readonly isDamage?: boolean;
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
  /** What is sent now has kept all behind it waiting for long enough: what the server fails at is put aside like what it refuses. */
  #givesUp = false;
  readonly #known = new Map<string, Set<string>>();

  constructor(options: DelivererOptions) {
    this.#options = options;
    this.#isUncertain = options.isReplay;
    this.#performer = new Performer(options.store, options.folder, options.state, (ours, theirs) =>
      options.onConfirmed?.(ours, theirs),
    );
  }

  /** Delivers all that is there. Rejects when the server cannot take it now; then it begins at the same place the next time. */
  async deliverAll(): Promise<void> {
    const { reader, state } = this.#options;
    for (;;) {
      const from = reader.position;
      try {
        const group = this.#nextGroup();
        this.#tellDamages();
        if (!group) {
          if (reader.position !== from) state.position = reader.position;
          return;
        }
        await this.#deliver(group);
        state.position = group.end;
        reader.discardBefore(group.end);
      } catch (error) {
        reader.rewind(from);
        // The request may have arrived although its answer did not.
        this.#isUncertain = true;
        if (this.#givesUp || !(await this.#isHopeless(error))) {
          this.#givesUp = false;
          throw error;
        }
        this.#givesUp = true;
        continue;
      }
      this.#givesUp = false;
      if (!this.#options.isReplay) this.#isUncertain = false;
    }
  }

  /** Whether the server takes other requests, and has not taken this one for long. */
  async #isHopeless(error: unknown): Promise<boolean> {
    if (verdictOf(error) !== "doubtful") return false;
    const { since, tries } = this.#options.state.standStill();
    if (tries < TRIES || Date.now() - since < PATIENCE) return false;
    try {
      await this.#options.store.searchExperiments({ maxResults: 1 });
      return true;
    } catch {
      return false;
    }
  }

  /** What can be read no more costs nothing but itself. */
  #tellDamages(): void {
    const { reader, state } = this.#options;
    for (const damage of reader.damages) {
      const kept = state.keepDamaged(damage);
      reader.settle(damage);
      const error = new StoreError(messages.damagedRecord(damage.file, damage.at.offset, damage.reason, kept));
      this.#options.onRefusal({ what: "a damaged record", error, isDamage: true });
    }
  }

  /** The next records that go in one request. */
  #nextGroup(): Group | undefined {
    const { reader } = this.#options;
    const first = reader.next();
    if (!first) return undefined;
    const records: [JournalRecord, ...JournalRecord[]] = [first];
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
    return { end, records };
  }

  async #deliver({ records }: Group): Promise<void> {
    const [first] = records;
    const { operation } = first;
    if (operation.op === "metric" || operation.op === "batch") {
      await this.#logBatches(operation.run, records);
      await this.#logMetrics(operation.run, records);
    } else
      await this.#unlessRefused(
        () => this.#performer.perform(first, this.#isUncertain),
        (error) => this.#putAside(first, operation.op, error),
      );
  }

  /** Each entry by itself when the server refuses them together. */
  async #logBatches(run: string, records: readonly JournalRecord[]): Promise<void> {
    const { store } = this.#options;
    const id = this.#performer.idOf(run);
    const batches = records.flatMap(({ operation }) => (operation.op === "batch" ? [operation] : []));
    const params = batches.flatMap((batch) => batch.params ?? []);
    const tags = batches.flatMap((batch) => batch.tags ?? []);
    if (params.length + tags.length === 0) return;
    const single = [
      ...params.map((param) => ({ what: `param "${param.key}"`, batch: { params: [param] } })),
      ...tags.map((tag) => ({ what: `tag "${tag.key}"`, batch: { tags: [tag] } })),
    ];
    await this.#unlessRefused(
      () => store.logBatch(id, { params, tags }),
      async () => {
        for (const { what, batch } of single)
          await this.#unlessRefused(
            () => store.logBatch(id, batch),
            (error) => this.#putAside({ operation: { op: "batch", run, ...batch }, payload: NOTHING }, what, error),
          );
      },
    );
  }

  async #logMetrics(run: string, records: readonly JournalRecord[]): Promise<void> {
    const series = records.flatMap(({ operation, payload }) =>
      operation.op === "metric" ? [toSeries(operation, payload)] : [],
    );
    for (const some of slices(series))
      await this.#logSeries(run, this.#isUncertain ? await this.#missing(run, some) : some);
  }

  /** Each metric by itself when the server refuses them together. */
  async #logSeries(run: string, series: readonly MetricSeries[]): Promise<void> {
    const { store } = this.#options;
    const [first] = series;
    if (!first) return;
    const metrics = series.map(({ modelId, ...one }) => ({
      ...one,
      ...(modelId !== undefined && { modelId: this.#performer.idOf(modelId) }),
    }));
    await this.#unlessRefused(
      () => store.logBatch(this.#performer.idOf(run), { metrics }),
      async (error) => {
        if (series.length === 1) this.#putAside(toMetricRecord(run, first), `metric "${first.key}"`, error);
        else for (const one of series) await this.#logSeries(run, [one]);
      },
    );
  }

  /** The points that the run's history, or that of the model that they measure, does not hold yet. */
  async #missing(run: string, series: readonly MetricSeries[]): Promise<MetricSeries[]> {
    const missing: MetricSeries[] = [];
    for (const one of series) {
      const known = await this.#knownPoints(run, one);
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

  async #knownPoints(run: string, { key, modelId }: MetricSeries): Promise<Set<string>> {
    const place = `${run}/${modelId ?? ""}/${key}`;
    const cached = this.#options.isReplay ? this.#known.get(place) : undefined;
    if (cached) return cached;
    let known: readonly Metric[] = [];
    await this.#unlessRefused(
      async () => {
        known = await knownMetrics(
          this.#options.store,
          key,
          this.#performer.idOf(run),
          modelId && this.#performer.idOf(modelId),
        );
      },
      // Neither is what follows to be had, which says so itself.
      () => {},
    );
    const points = new Set(known.map(({ value, timestamp, step }) => point(value, timestamp, step)));
    if (this.#options.isReplay) this.#known.set(place, points);
    return points;
  }

  async #unlessRefused(act: () => unknown, onRefusal: (error: Error) => unknown): Promise<void> {
    try {
      await act();
    } catch (error) {
      const verdict = verdictOf(error);
      if (verdict === "passing" || (verdict === "doubtful" && !this.#givesUp)) throw error;
      await onRefusal(error as Error);
    }
  }

  #putAside(record: JournalRecord, what: string, error: Error): void {
    const { operation } = record;
    // Without its run nothing that follows would have a place.
    if (operation.op === "createRun") throw error;
    this.#options.state.reject(record, error.message);
    const run = "run" in operation ? operation.run : undefined;
    this.#options.onRefusal({ what, error, ...(run !== undefined && { run }) });
  }
}

const NOTHING = Buffer.alloc(0);

interface Group {
  readonly end: Position;
  readonly records: readonly [JournalRecord, ...JournalRecord[]];
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

import { type MetricPoint, toSeries } from "../../tracking";
import type { AnyTrackingStore } from "../../stores";

/** Points of one run that came in together, and what becomes of them. */
interface Group {
  readonly points: MetricPoint[];
  readonly written: Promise<void>;
}

/**
 * Writes points that come in one by one and at once, as from many connections, together: one transaction for those of a run, of which
 * each is answered when all are stored.
 */
export class PointGroups {
  readonly #store: AnyTrackingStore;
  readonly #waiting = new Map<string, Group>();

  constructor(store: AnyTrackingStore) {
    this.#store = store;
  }

  /** Stores a point. Rejects as the store does. */
  async add(runId: string, point: MetricPoint): Promise<void> {
    // What is wrong with a point is its sender's alone.
    const series = toSeries([point]);
    // Whether there is such a model is found out for each.
    if (point.modelId !== undefined) return this.#store.logBatch(runId, { metrics: series });
    const group = this.#waiting.get(runId) ?? this.#open(runId);
    group.points.push(point);
    await group.written;
  }

  #open(runId: string): Group {
    const points: MetricPoint[] = [];
    const written = new Promise<void>((resolve, reject) => {
      // All that the sockets held has been read then.
      setImmediate(() => {
        this.#waiting.delete(runId);
        this.#write(runId, points).then(resolve, reject);
      });
    });
    const group = { points, written };
    this.#waiting.set(runId, group);
    return group;
  }

  async #write(runId: string, points: readonly MetricPoint[]): Promise<void> {
    await this.#store.logBatch(runId, { metrics: toSeries(points) });
  }
}

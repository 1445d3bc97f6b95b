import { setImmediate as turn } from "node:timers/promises";
import type { Metric } from "../../../core";
import type { AnyTrackingStore, HistoryExtent, HistoryPart, HistoryPlace } from "../../../stores";

/** As Python's clients ask for. */
const PAGE = 25_000;

/** A part of a history, and where it begins. */
export interface PlacedPart extends HistoryPart {
  readonly place?: HistoryPlace;
  /** The parts come in the order in which a history is answered. */
  readonly isInOrder?: boolean;
}

/** The parts of a history from a place on; what else there is to be answered is, between two of them. */
export async function* partsOf(
  store: AnyTrackingStore,
  runId: string,
  key: string,
  begin?: HistoryPlace,
): AsyncGenerator<PlacedPart, void> {
  if (!store.readHistory) return yield* pagesOf(store, runId, key);
  const isInOrder = store.kind === "file";
  for (let place = begin; ; ) {
    const part = await store.readHistory(runId, key, { after: place });
    yield { ...part, place, isInOrder };
    if (!part.next) return;
    place = part.next;
    await turn();
  }
}

/** How many points a history has; `undefined` where that is not found without reading it. */
export async function countPoints(store: AnyTrackingStore, runId: string, key: string): Promise<number | undefined> {
  if (!store.measureHistory) return undefined;
  let count = 0;
  for (let after: HistoryPlace | undefined; ; ) {
    const extent: HistoryExtent = await store.measureHistory(runId, key, after);
    count += extent.count;
    after = extent.next;
    if (!after) return count;
    await turn();
  }
}

async function* pagesOf(store: AnyTrackingStore, runId: string, key: string): AsyncGenerator<PlacedPart, void> {
  for (let pageToken: string | undefined; ; ) {
    const page: { readonly items: readonly Metric[]; readonly nextPageToken?: string } = await store.getMetricHistory(
      runId,
      key,
      { maxResults: PAGE, pageToken },
    );
    pageToken = page.nextPageToken;
    yield { points: page.items, isInOrder: true, ...(pageToken !== undefined && { next: [] }) };
    if (pageToken === undefined) return;
  }
}

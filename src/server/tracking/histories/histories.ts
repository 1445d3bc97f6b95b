import type { Metric, Page } from "../../../core";
import { decodeOffset, encodeOffset } from "../../../search";
import type { AnyTrackingStore } from "../../../stores";
import { Bookmarks, type SortedHistory } from "./bookmarks";
import { countPoints, type PlacedPart, partsOf } from "./parts";
import { columnsOf } from "./point-columns";
import { sampledHistory } from "./sampled-history";
import { sortedPlaces } from "./sorted-places";

/** So many points are made objects at once. */
const SLICE = 5000;

/** Points as they are answered, part by part; in the end whether there are more. */
export type PointParts = AsyncGenerator<readonly Metric[], boolean>;

/**
 * Reads histories of whatever length: part by part, in columns where they must be sorted, and never so long that other requests would
 * have to wait. What a client that asks for page after page comes back for is kept for a while.
 */
export class Histories {
  readonly #store: AnyTrackingStore;
  readonly #bookmarks = new Bookmarks();

  constructor(store: AnyTrackingStore) {
    this.#store = store;
  }

  /** At most `most` points from one on, in the order in which the store answers them. */
  async *read(runId: string, key: string, offset: number, most: number): PointParts {
    const name = `${runId} ${key}`;
    const kept = offset > 0 ? this.#bookmarks.sorted(name) : undefined;
    if (kept && (await this.#reaches(kept, runId, key, offset + most))) return yield* slices(kept, offset, most);
    if (kept) this.#bookmarks.drop(name);
    const mark = offset > 0 && this.#store.readHistory ? this.#bookmarks.placeOf(name, offset) : undefined;
    const parts = partsOf(this.#store, runId, key, mark?.place);
    const first = await parts.next();
    if (first.done) return false;
    if (first.value.isInOrder) return yield* this.#written(name, first.value, parts, mark?.index ?? 0, offset, most);
    const columns = await columnsOf(runId, key, following(first.value, parts));
    const places = await sortedPlaces(columns.length, columns.byTime);
    if (places.length > offset + most) this.#bookmarks.keep(name, { columns, places });
    return yield* slices({ columns, places }, offset, most);
  }

  /** A page, whose points are held. */
  async page(
    runId: string,
    key: string,
    { maxResults, pageToken }: { maxResults: number; pageToken?: string },
  ): Promise<Page<Metric>> {
    const offset = decodeOffset(pageToken);
    const items: Metric[] = [];
    const parts = this.read(runId, key, offset, maxResults);
    for (;;) {
      const { done, value } = await parts.next();
      if (!done) items.push(...value);
      else return { items, ...(value && { nextPageToken: encodeOffset(offset + maxResults) }) };
    }
  }

  /** The first points by time, step and value, whatever the order of the store. */
  async earliest(runId: string, key: string, most: number): Promise<readonly Metric[]> {
    const columns = await columnsOf(runId, key, partsOf(this.#store, runId, key));
    const places = await sortedPlaces(columns.length, columns.byTime);
    return [...places.subarray(0, most)].map((place) => columns.at(place));
  }

  /** Of a history about so many points, evenly chosen, with its last, its least and its greatest: what a chart draws. */
  sampled(runId: string, key: string, about: number): Promise<readonly Metric[]> {
    return sampledHistory(this.#store, runId, key, about);
  }

  /** Whether a kept history has points behind a page, or all that there are: another server may have begun with more of them. */
  async #reaches({ places }: SortedHistory, runId: string, key: string, end: number): Promise<boolean> {
    return places.length > end || (await countPoints(this.#store, runId, key)) === places.length;
  }

  async *#written(
    name: string,
    first: PlacedPart,
    others: AsyncIterable<PlacedPart>,
    begin: number,
    offset: number,
    most: number,
  ): PointParts {
    const end = offset + most;
    let index = begin;
    for await (const part of following(first, others)) {
      const { points, place, next } = part;
      if (index < end && index + points.length > offset) yield points.slice(Math.max(0, offset - index), end - index);
      if (index + points.length > end) {
        this.#bookmarks.note(name, end, { place, index });
        return true;
      }
      index += points.length;
      // Of a store's part the next may be empty; a server says itself that points follow.
      if (index === end && next && !this.#store.readHistory) return true;
    }
    return false;
  }
}

async function* slices({ columns, places }: SortedHistory, offset: number, most: number): PointParts {
  const end = Math.min(places.length, offset + most);
  for (let start = offset; start < end; start += SLICE)
    yield Array.from(places.subarray(start, Math.min(end, start + SLICE)), (place) => columns.at(place));
  return end < places.length;
}

async function* following(first: PlacedPart, others: AsyncIterable<PlacedPart>): AsyncGenerator<PlacedPart> {
  yield first;
  yield* others;
}

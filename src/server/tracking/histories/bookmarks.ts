import type { HistoryPlace } from "../../../stores";
import type { PointColumns } from "./point-columns";

/** The points of a history in an order, in columns. */
export interface SortedHistory {
  readonly columns: PointColumns;
  readonly places: Uint32Array;
}

/** In the parts of a history the one that a page begins in. */
export interface Bookmark {
  readonly place?: HistoryPlace;
  /** Of its first point. */
  readonly index: number;
}

/** So many points are kept: 28 bytes each, up to 52 where their columns have just doubled. */
const MOST_POINTS = 4e6;
const MOST_PLACES = 500;
/** A client comes back for the next page at once. */
const KEPT_MS = 30_000;

/** Where clients that ask for page after page have got to. What is not noted is read anew: any server can answer any page. */
export class Bookmarks {
  readonly #places = new Map<string, Bookmark>();
  readonly #sorted = new Map<string, { readonly history: SortedHistory; readonly timer: NodeJS.Timeout }>();

  /** Notes in which part a page begins. */
  note(name: string, offset: number, mark: Bookmark): void {
    if (this.#places.size >= MOST_PLACES) this.#places.delete(this.#places.keys().next().value as string);
    this.#places.set(`${name} ${offset}`, mark);
  }

  placeOf(name: string, offset: number): Bookmark | undefined {
    return this.#places.get(`${name} ${offset}`);
  }

  /** Keeps a history that was just read, of which more pages may be asked for. */
  keep(name: string, history: SortedHistory): void {
    this.drop(name);
    if (history.places.length > MOST_POINTS) return;
    for (const other of this.#sorted.keys()) if (this.#count() + history.places.length > MOST_POINTS) this.drop(other);
    const timer = setTimeout(() => this.drop(name), KEPT_MS);
    timer.unref();
    this.#sorted.set(name, { history, timer });
  }

  sorted(name: string): SortedHistory | undefined {
    return this.#sorted.get(name)?.history;
  }

  drop(name: string): void {
    clearTimeout(this.#sorted.get(name)?.timer);
    this.#sorted.delete(name);
  }

  #count(): number {
    return [...this.#sorted.values()].reduce((sum, { history }) => sum + history.places.length, 0);
  }
}

import type { Page } from "../../core";

/** A page of a listing as an array; `nextPageToken` is absent on the last page. */
export type PagedList<T> = T[] & { nextPageToken?: string };

/** The page as an array. */
export function toPagedList<T>({ items, nextPageToken }: Page<T>): PagedList<T> {
  return Object.assign([...items], nextPageToken === undefined ? {} : { nextPageToken });
}

import { InvalidInputError, LIMITS, messages, type Page, type ViewType } from "../core";
import { compileExpression, type Expression, type OrderTerm, sortBy, type SearchTable } from "./language";
import { decodeOffset, encodeOffset } from "./page-token";

/** What a search asks for. */
export interface SearchQuery {
  /** Clauses such as `metrics.loss < 0.1 AND (params.lr = '0.01' OR tags.team LIKE 'vis%')`. @default everything */
  readonly filter?: string;
  /** Items such as `metrics.loss ASC`. @default newest first */
  readonly orderBy?: readonly string[];
  /** Items per page, 1 to 50,000 (registered models: 1000, model versions: 200,000). @default 1000 (LoggedModels and registered models: 100, model versions: 10,000) */
  readonly maxResults?: number;
  /** The former page's `nextPageToken`. */
  readonly pageToken?: string;
}

/** How to search among what can be deleted. */
export interface SearchOptions extends SearchQuery {
  /** Whether deleted ones count. @default "ACTIVE_ONLY" */
  readonly viewType?: ViewType;
}

/** A query read and checked, before any item was looked at. */
export interface PageQuery {
  readonly filter: Expression;
  readonly terms: readonly OrderTerm[];
  readonly maxResults: number;
  readonly offset: number;
}

/** @throws InvalidInputError unless `maxResults` is a whole number from 1 to `limit` or absent. */
export function readLimits(
  { maxResults, pageToken }: Pick<SearchQuery, "maxResults" | "pageToken">,
  defaultResults: number,
  limit: number = LIMITS.searchMaxResults,
): Pick<PageQuery, "maxResults" | "offset"> {
  const count = maxResults ?? defaultResults;
  if (!Number.isSafeInteger(count) || count < 1 || count > limit)
    throw new InvalidInputError(messages.badMaxResults(maxResults, limit));
  return { maxResults: count, offset: decodeOffset(pageToken) };
}

/** The page of `items` that `query` asks for. */
export function runQuery<T>(items: Iterable<T>, query: PageQuery, table: SearchTable<T>): Page<T> {
  const passes = compileExpression(query.filter, table);
  const found: T[] = [];
  for (const item of items) if (passes(item)) found.push(item);
  const end = query.offset + query.maxResults;
  const page = sortBy(found, query.terms, table).slice(query.offset, end);
  return { items: page, ...(end < found.length && { nextPageToken: encodeOffset(end) }) };
}

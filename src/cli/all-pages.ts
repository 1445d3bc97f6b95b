import { type Experiment, LIMITS } from "../core";
import type { Run, SearchOptions, TrackingClient } from "../tracking";

/** Every experiment that a search finds. */
export async function allExperiments(client: TrackingClient, options: SearchOptions): Promise<Experiment[]> {
  return allPages((page) => client.searchExperiments({ ...options, ...page }));
}

/** Every run that a search finds. */
export async function allRuns(
  client: TrackingClient,
  experimentIds: readonly string[],
  options: SearchOptions = {},
): Promise<Run[]> {
  return allPages((page) => client.searchRuns(experimentIds, { ...options, ...page }));
}

/** What `search` finds on all pages. */
async function allPages<T>(
  search: (page: { maxResults: number; pageToken?: string }) => Promise<T[] & { nextPageToken?: string }>,
): Promise<T[]> {
  const found: T[] = [];
  let pageToken: string | undefined;
  do {
    const page = await search({ maxResults: LIMITS.searchMaxResults, pageToken });
    found.push(...page);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return found;
}

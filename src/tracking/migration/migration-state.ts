import type { AnyTrackingStore } from "../../stores";
import { newTally, type Tally } from "./tally";

/** What a migration knows while it goes on. */
export interface MigrationState {
  readonly source: AnyTrackingStore;
  readonly target: AnyTrackingStore;
  /** Where the source's server keeps what lies at `mlflow-artifacts:/`. */
  readonly artifactsDestination?: string;
  readonly tally: Tally;
  /** The target's ids by the source's. */
  readonly runs: Map<string, string>;
  readonly models: Map<string, string>;
  /** Where artifacts lie in the target, by where they lay. */
  readonly places: Map<string, string>;
  /** Told what could not be carried over, one sentence each. */
  readonly warn: (what: string) => void;
}

/** The state of a migration that begins. */
export const newMigrationState = (
  source: AnyTrackingStore,
  target: AnyTrackingStore,
  warn: (what: string) => void,
  artifactsDestination?: string,
): MigrationState => ({
  source,
  target,
  artifactsDestination,
  tally: newTally(),
  runs: new Map(),
  models: new Map(),
  places: new Map(),
  warn,
});

/** Whether a store gives runs and models ids of its own, and decides where their files lie: a tracking server does. */
export const givesOwnIds = ({ kind }: AnyTrackingStore): boolean => kind === "rest";

/** Texts by their keys, as stores take them. */
export const toList = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([key, value]) => ({ key, value }));

/** Whether all of these texts are among those found. */
export const holds = (found: Readonly<Record<string, unknown>>, wanted: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(wanted).every(([key, value]) => Object.hasOwn(found, key) && found[key] === value);

/** The pages of a search, one after the other. */
export async function* pagesOf<T>(
  search: (pageToken?: string) => Promise<{ items: readonly T[]; nextPageToken?: string }>,
): AsyncGenerator<readonly T[]> {
  let pageToken: string | undefined;
  do {
    const page = await search(pageToken);
    yield page.items;
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
}

/** Everything that a search finds. */
export async function allOf<T>(
  search: (pageToken?: string) => Promise<{ items: readonly T[]; nextPageToken?: string }>,
): Promise<T[]> {
  const found: T[] = [];
  for await (const items of pagesOf(search)) found.push(...items);
  return found;
}

/** Where something lies in the target that lay at a path or URI of the source. */
export function relocated({ places, runs, models }: MigrationState, uri: string): string {
  const [, scheme, id = "", rest = ""] = /^(runs|models):\/+([^/]+)(.*)$/.exec(uri) ?? [];
  if (scheme) return `${scheme}:/${(scheme === "runs" ? runs : models).get(id) ?? id}${rest}`;
  const path = plainPath(uri);
  for (const [from, to] of places) {
    const root = plainPath(from);
    if (path === root || path.startsWith(`${root}/`)) return to + path.slice(root.length);
  }
  return uri;
}

/** A `file:` URI as its path, so that both forms of one place are alike. */
export const plainPath = (uri: string): string =>
  /^file:\/\//i.test(uri) ? decodeURIComponent(uri.replace(/^file:\/\/(localhost)?/i, "")) : uri.replace(/\/+$/, "");

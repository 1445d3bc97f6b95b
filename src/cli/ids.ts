import { InvalidInputError, messages, StoreError } from "../core";
import type { TrackingClient } from "../tracking";
import { allExperiments } from "./all-pages";

const WHOLE_RUN_ID = /^[0-9a-f]{32}$/;
const PREFIX = /^[\w-]+$/;

/** The id of the one run whose id begins so, deleted or not. @throws RESOURCE_DOES_NOT_EXIST, or INVALID_PARAMETER_VALUE for several */
export async function findRunId(client: TrackingClient, prefix: string): Promise<string> {
  if (prefix === "") return onlyMatch("run", prefix, []);
  if (WHOLE_RUN_ID.test(prefix) || !PREFIX.test(prefix)) return prefix;
  const experiments = await allExperiments(client, { viewType: "ALL" });
  const runs = await client.searchRuns(
    experiments.map(({ experimentId }) => experimentId),
    { viewType: "ALL", filter: `attributes.run_id LIKE '${prefix}%'` },
  );
  return onlyMatch(
    "run",
    prefix,
    runs.map(({ info }) => info.runId),
  );
}

/** The id of the one experiment whose id begins so, deleted or not. @throws as {@link findRunId} */
export async function findExperimentId(client: TrackingClient, prefix: string): Promise<string> {
  const experiments = await allExperiments(client, { viewType: "ALL" });
  return onlyMatch(
    "experiment",
    prefix,
    experiments.map(({ experimentId }) => experimentId),
  );
}

/** The id that is `prefix`, else the only one that begins so. @throws as {@link findRunId} */
export function onlyMatch(kind: string, prefix: string, ids: readonly string[]): string {
  const matches = ids.includes(prefix) ? [prefix] : ids.filter((id) => prefix !== "" && id.startsWith(prefix));
  if (matches.length > 1) throw new InvalidInputError(messages.ambiguousId(kind, prefix, matches));
  const [match] = matches;
  if (match === undefined)
    throw new StoreError(messages.notFound(kind, prefix, "`trackbook --help` shows what there is to list."));
  return match;
}

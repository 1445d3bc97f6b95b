import { statSync } from "node:fs";
import {
  type Experiment,
  InvalidInputError,
  isLocalPlace,
  localPath,
  messages,
  type RunEntity,
  StoreError,
} from "../../core";
import { requireArtifacts, requireStores } from "../tracking-uri";
import { givesOwnIds, type MigrationState, pagesOf } from "./migration-state";

/** How many a page of the source holds: only so many are held in memory, however many there are. */
const PAGE = 200;

/** The runs of an experiment in the order in which they began, page by page. */
export const runsOf = (store: MigrationState["source"], experimentId: string): AsyncGenerator<readonly RunEntity[]> =>
  pagesOf(async (pageToken) =>
    store.searchRuns([experimentId], { viewType: "ALL", maxResults: PAGE, pageToken, orderBy: ["start_time ASC"] }),
  );

/** Rejects where nothing is at the source: to open it as a store would make one. */
export async function requireSource({ kind, uri }: MigrationState["source"]): Promise<void> {
  const { examineDatabase, isDatabase } = requireStores();
  if (kind === "rest") return;
  const isThere = isDatabase(uri) ? (await examineDatabase(uri))?.revision !== undefined : isFolder(uri);
  if (!isThere) throw new StoreError(messages.noSuchSource(uri));
}

const isFolder = (place: string): boolean =>
  statSync(localPath(place), { throwIfNoEntry: false })?.isDirectory() === true;

/** How many runs there are. Rejects when artifacts could not be read, or not be written, before anything is copied. */
export async function survey(state: MigrationState, experiments: readonly Experiment[]): Promise<number> {
  let total = 0;
  const filled: Experiment[] = [];
  for (const experiment of experiments) {
    const { runs, servedUri } = await surveyExperiment(state, experiment);
    if (servedUri !== undefined) requireDestination(servedUri, state.artifactsDestination);
    if (runs > 0) filled.push(experiment);
    total += runs;
  }
  // To ask the target may make it.
  for (const experiment of filled) await requireReachable(state, experiment);
  return total;
}

/** How many runs, and where artifacts of one of them, or of a model, lie that only a server can find. */
async function surveyExperiment(
  { source }: MigrationState,
  { experimentId, artifactLocation }: Experiment,
): Promise<{ readonly runs: number; readonly servedUri?: string }> {
  const { isServedSomewhere } = requireArtifacts();
  let total = 0;
  let servedUri: string | undefined;
  for await (const runs of runsOf(source, experimentId)) {
    total += runs.length;
    servedUri ??= runs.find(({ info }) => isServedSomewhere(info.artifactUri))?.info.artifactUri;
  }
  if (givesOwnIds(source)) return { runs: total };
  if (servedUri !== undefined || !isServedSomewhere(artifactLocation)) return { runs: total, servedUri };
  const [model] = (await source.searchLoggedModels([experimentId], { maxResults: 1 })).items;
  return {
    runs: total,
    servedUri: model && isServedSomewhere(model.artifactLocation) ? model.artifactLocation : undefined,
  };
}

function requireDestination(servedUri: string, destination: string | undefined): void {
  if (destination === undefined) throw new InvalidInputError(messages.servedArtifacts(servedUri));
  if (isLocalPlace(destination) && !isFolder(destination))
    throw new StoreError(messages.noArtifactsDestination(destination));
}

async function requireReachable({ target }: MigrationState, { name }: Experiment): Promise<void> {
  if (givesOwnIds(target)) return;
  const there = await target.getExperimentByName(name);
  if (there && requireArtifacts().isServedSomewhere(there.artifactLocation))
    throw new InvalidInputError(messages.servedTarget(name, there.artifactLocation));
}

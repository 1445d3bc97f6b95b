import { InvalidInputError, messages, now } from "../core";
import { getTrackingUri, lastActiveRun, readingClient, shortPlace } from "../tracking";
import { describeRun, runCardView } from "../view";
import { readArtifactPaths, readHistories, readModels } from "./run-reading";
import { type Shown, showView } from "./shown";

const MOST_HISTORIES = 50;

/**
 * Shows one run as a card: the one with this id, else the one that is active or was last.
 *
 * @throws RESOURCE_DOES_NOT_EXIST when there is no such run.
 * @example await showRun();
 */
export async function showRun(id: string | undefined = lastActiveRun()?.id): Promise<Shown> {
  if (id === undefined) throw new InvalidInputError(messages.noRunToShow());
  const client = readingClient();
  const run = await client.getRun(id);
  const [experiment, histories, models, artifacts] = await Promise.all([
    client.getExperiment(run.info.experimentId),
    readHistories(run, MOST_HISTORIES),
    readModels(run),
    readArtifactPaths(run),
  ]);
  const store = shortPlace(getTrackingUri());
  return showView(
    runCardView,
    describeRun(run, { experimentName: experiment.name, histories, models, artifacts, store, now: now() }),
  );
}

import { now } from "../../core";
import { type DeletedEntity, openGarbage } from "../../stores";
import { getTrackingUri, setTrackingUri, shortPlace, TrackingClient } from "../../tracking";
import { formatPlural, formatRelativeTime, shortId, textStyle, textTable } from "../../view";
import type { Command } from "../command";
import { YES } from "../options";
import type { Session } from "../session";
import { readAge } from "./age";
import { placed, removeElsewhere } from "./elsewhere";
import { selectGarbage } from "./selection";

interface Options {
  readonly olderThan?: string;
  readonly runIds?: readonly string[];
  readonly experimentIds?: readonly string[];
  readonly loggedModelIds?: readonly string[];
  readonly backendStoreUri?: string;
  readonly artifactsDestination?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const readIds = (text: string): readonly string[] => text.split(",").map((id) => id.trim());

/** `trackbook gc` */
export const collectGarbage: Command<Options> = {
  options: [
    { flags: "--older-than <age>", description: "deleted so long ago: 30d, 1d2h3m4s", parse: checkedAge },
    { flags: "--run-ids <ids>", description: "only these runs, separated by commas", parse: readIds },
    { flags: "--experiment-ids <ids>", description: "only these experiments, with what is in them", parse: readIds },
    { flags: "--logged-model-ids <ids>", description: "only these logged models", parse: readIds },
    { flags: "--backend-store-uri <uri>", description: "as --tracking-uri", env: "MLFLOW_BACKEND_STORE_URI" },
    {
      flags: "--artifacts-destination <uri>",
      description: "where its server keeps artifacts",
      env: "MLFLOW_ARTIFACTS_DESTINATION",
    },
    { flags: "--dry-run", description: "only show what would go" },
    YES,
    { flags: "--json", description: "print JSON: kind, id, name, experiment_id …" },
  ],
  atMostOneOf: ["trackingUri", "backendStoreUri"],
  hidesVariables: true,
  notes: "Only what is deleted goes. Ids mean those alone, other than in `mlflow gc`.",
  examples: ["gc --older-than 30d", "gc --run-ids 29e8a380,c557a665 --yes"],
  async run({ backendStoreUri, ...options }, session) {
    if (backendStoreUri !== undefined && options.trackingUri === undefined) setTrackingUri(backendStoreUri);
    const garbage = openGarbage(new TrackingClient().trackingUri);
    const deleted = (await garbage.list()).map((entity) => placed(entity, options.artifactsDestination));
    const chosen = selectGarbage(deleted, {
      ...options,
      before: options.olderThan === undefined ? undefined : now() - readAge(options.olderThan),
    });
    if (!(await preview(chosen, options, session))) return chosen.length === 0 || options.dryRun ? 0 : 1;

    let failures = 0;
    const removed: DeletedEntity[] = [];
    for (const entity of chosen) {
      const { removed: isGone, leftArtifacts: left } = await garbage.remove(entity);
      const reason = left === undefined ? undefined : await removeElsewhere(entity, left);
      if (isGone) removed.push(entity);
      else session.warn(`${labelOf(entity)} is not deleted any more and was left.`);
      if (reason !== undefined) session.warn(`${labelOf(entity)}: artifacts were left at ${left}: ${reason}.`);
      if (!isGone || reason !== undefined) failures++;
      if (isGone && !options.json) session.print(`${labelOf(entity)} has been permanently deleted.`);
    }
    if (options.json) session.print(JSON.stringify(removed.map(entityJson), null, 2));
    return failures === 0 ? 0 : 1;
  },
};

/** Shows what would go and asks; whether to go on. */
async function preview(chosen: readonly DeletedEntity[], options: Options, session: Session): Promise<boolean> {
  const place = shortPlace(getTrackingUri());
  if (chosen.length === 0) {
    session.say(`Nothing to remove from ${place}.`);
    if (options.json) session.print("[]");
    return false;
  }
  const tell = options.yes ? session.say : session.warn;
  tell(
    `${previewTable(chosen, session)}\nTo be removed from ${place} for good, with artifacts: ${countWords(chosen)}.`,
  );
  if (options.dryRun) {
    if (options.json) session.print(JSON.stringify(chosen.map(entityJson), null, 2));
    return false;
  }
  if (options.yes) return true;
  const answer = await session.ask("Remove? There is no way back.");
  if (answer === "nobody there") session.warn("Nothing was removed: --yes says that it shall be.");
  if (answer === "no") session.say("Nothing was removed.");
  return answer === "yes";
}

function countWords(chosen: readonly DeletedEntity[]): string {
  const kinds = ["run", "logged model", "experiment"] as const;
  const counts = kinds.map((kind) => [kind, chosen.filter((entity) => entity.kind === kind).length] as const);
  return counts.flatMap(([kind, count]) => (count === 0 ? [] : formatPlural(count, kind))).join(", ");
}

function previewTable(chosen: readonly DeletedEntity[], { width, color }: Session): string {
  const time = now();
  const when = (deleted?: number) => (deleted === undefined ? "—" : formatRelativeTime(deleted, time));
  const columns = [
    { head: "kind", cells: chosen.map(({ kind }) => ({ text: kind })) },
    { head: "name", maxWidth: 40, cells: chosen.map(({ name }) => ({ text: name })) },
    { head: "deleted", align: "right" as const, cells: chosen.map(({ deletedTime }) => ({ text: when(deletedTime) })) },
    { head: "id", cells: chosen.map(({ kind, id }) => ({ text: kind === "run" ? shortId(id) : id })) },
  ];
  return textTable(columns, { width, style: textStyle(color), keepLast: 1 }).lines.join("\n");
}

const LABELS = { run: "Run", "logged model": "Logged model", experiment: "Experiment" } as const;
const labelOf = ({ kind, id }: DeletedEntity): string => `${LABELS[kind]} with ID ${id}`;

const entityJson = ({ kind, id, name, experimentId, deletedTime }: DeletedEntity) => ({
  kind,
  id,
  name,
  experiment_id: experimentId,
  deleted_time: deletedTime ?? null,
});

function checkedAge(text: string): string {
  readAge(text);
  return text;
}

import { existsSync, statfsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDatabase } from "../../stores";
import { getTrackingUri, shortPlace, TrackingClient } from "../../tracking";
import { formatBytes, formatPlural } from "../../view";
import { allExperiments } from "../all-pages";
import { MASK, maskUri } from "./environment";
import { checkDatabase } from "./database";
import type { Finding } from "./finding";
import { checkServer, checkSpool } from "./server";
import { checkWriting, nearestExisting } from "./writing";

const LITTLE_SPACE = 200e6;

/** Where runs go, who said so, and whether they can be read and written there. Leaves nothing behind. */
export async function checkStore(
  option: string | undefined,
  { maskAll = false, addsIndexes = false }: { readonly maskAll?: boolean; readonly addsIndexes?: boolean } = {},
): Promise<Finding[]> {
  const place: Finding = {
    topic: "store",
    name: "tracking URI",
    state: "note",
    text: `${option === undefined ? placeOfEnvironment(maskAll) : maskUri(option)} (from ${sourceOf(option)})`,
  };
  let client: TrackingClient;
  try {
    client = new TrackingClient();
  } catch (cause) {
    return [{ ...place, state: "broken", hint: messageOf(cause) }];
  }
  if (isDatabase(client.trackingUri))
    return [place, ...(await checkDatabase(client, { addsIndexes })), ...checkSpool()];
  if (/^https?:/i.test(client.trackingUri))
    return [place, ...(await checkServer(client, { asksForIndexes: addsIndexes })), ...checkSpool()];
  if (!client.trackingUri.startsWith("file:")) return [place, await checkReading(client)];
  const folder = fileURLToPath(client.trackingUri);
  if (addsIndexes) return [{ ...place, state: "broken", hint: "--indexes is for databases: a folder has none." }];
  return [
    place,
    { topic: "store", name: "kind", state: "note", text: "file store, in MLflow's layout" },
    await checkReading(client, folder),
    checkWriting(folder),
    checkSpace(folder),
    pythonNote(),
    ...checkSpool(),
  ];
}

function placeOfEnvironment(maskAll: boolean): string {
  const given = process.env.MLFLOW_TRACKING_URI;
  if (!given) return shortPlace(getTrackingUri());
  return maskAll ? MASK : maskUri(given);
}

function sourceOf(option: string | undefined): string {
  if (option !== undefined) return "--tracking-uri";
  return process.env.MLFLOW_TRACKING_URI ? "MLFLOW_TRACKING_URI" : "the default";
}

async function checkReading(client: TrackingClient, folder?: string): Promise<Finding> {
  const reading = { topic: "store", name: "read" } as const;
  if (folder !== undefined && !existsSync(folder))
    return { ...reading, state: "ok", text: "not there yet: the first run makes it" };
  try {
    const experiments = await allExperiments(client, { viewType: "ALL" });
    return { ...reading, state: "ok", text: formatPlural(experiments.length, "experiment") };
  } catch (cause) {
    return { ...reading, state: "broken", text: "cannot be read", hint: messageOf(cause) };
  }
}

function checkSpace(folder: string): Finding {
  const { bavail, bsize } = statfsSync(nearestExisting(folder));
  const free = bavail * bsize;
  return {
    topic: "store",
    name: "space",
    state: free < LITTLE_SPACE ? "warning" : "ok",
    text: `${formatBytes(free)} free`,
    hint: free < LITTLE_SPACE ? "`trackbook gc` removes what is deleted." : undefined,
  };
}

function pythonNote(): Finding {
  const isAllowed = process.env.MLFLOW_ALLOW_FILE_STORE === "true";
  return {
    topic: "store",
    name: "Python",
    state: "note",
    text: isAllowed
      ? "MLFLOW_ALLOW_FILE_STORE=true is set"
      : "MLflow for Python opens such a folder when it is told to",
    hint: isAllowed ? undefined : "from MLflow 3.13 on, Python needs MLFLOW_ALLOW_FILE_STORE=true.",
  };
}

const messageOf = (cause: unknown): string => maskUri(cause instanceof Error ? cause.message : String(cause));

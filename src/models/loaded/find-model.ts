import { openAnyArtifacts } from "../../artifacts";
import { type FileInfo, InvalidInputError, messages, StoreError, TrackbookError, type ModelVersion } from "../../core";
import type { ModelAddress } from "../../stores";
import { flushQueues, getRegistryUri, getTrackingUri, readingClient, runModelAt, shortPlace } from "../../tracking";

/**
 * The folder on this machine that holds the model which an address names; files that are elsewhere are brought here first. What this process has
 * logged is written before.
 *
 * Rejects with INVALID_PARAMETER_VALUE for what is no address, and RESOURCE_DOES_NOT_EXIST when nothing is there, saying where it was looked for.
 */
export async function findModel(uri: string): Promise<string> {
  const isPlace = typeof uri === "string" && uri.trim() !== "" && !/^(?:runs|models):/i.test(uri);
  return folderOf(uri, isPlace ? { kind: "place", uri } : requireStores().parseModelAddress(uri));
}

/** The stores are loaded for addresses that need them: a path does not. */
const requireStores = () => require("../../stores") as typeof import("../../stores");

const openRegistry = () => requireStores().openRegistryStore(getRegistryUri());

async function folderOf(uri: string, address: ModelAddress): Promise<string> {
  switch (address.kind) {
    case "place":
      flushQueues();
      return (await folderAt(address.uri)) ?? notFound(uri, [place(address.uri)], await modelsBelow(address.uri));
    case "logged":
      return loggedFolder(uri, address.modelId);
    case "run":
      return runFolder(uri, address.runId, address.path);
    default:
      return versionFolder(uri, await requireStores().findVersion(openRegistry(), uri, address));
  }
}

const openPlace = (root: string) => openAnyArtifacts(root, { trackingUri: getTrackingUri() });

/** The folder of the model there, brought here from where it is; `undefined` when there is none. */
async function folderAt(root: string, path = ""): Promise<string | undefined> {
  const artifacts = openPlace(root);
  const below = path === "" ? "MLmodel" : `${path}/MLmodel`;
  const files = await artifacts.list(path);
  return files.some((file) => file.path === below) ? artifacts.download(path) : undefined;
}

/** The names of the models directly below. */
async function modelsBelow(root: string): Promise<readonly string[]> {
  const artifacts = openPlace(root);
  const folders = (await artifacts.list()).filter(({ isDir }) => isDir);
  const holds = async ({ path }: FileInfo) =>
    (await artifacts.list(path)).some((file) => file.path === `${path}/MLmodel`) ? [path] : [];
  return (await Promise.all(folders.map(holds))).flat();
}

const place = (uri: string): string => (/^file:\/\//i.test(uri) ? shortPlace(uri) : uri);

function notFound(uri: string, tried: readonly string[], others: readonly string[] = []): never {
  throw new StoreError(messages.modelNotFound(uri, tried, others));
}

async function loggedFolder(uri: string, modelId: string): Promise<string> {
  const { artifactLocation, status } = await readingClient().getLoggedModel(modelId);
  const folder = await folderAt(artifactLocation);
  if (status === "FAILED" || (status === "PENDING" && folder === undefined))
    throw new StoreError(messages.modelNotReady(uri, status));
  return folder ?? notFound(uri, [place(artifactLocation)]);
}

/** Below the run's artifacts; if not there, the LoggedModel of that name among the run's outputs. */
async function runFolder(uri: string, runId: string, path: string): Promise<string> {
  const client = readingClient();
  const { info, outputs } = await client.getRun(runId);
  const folder = await folderAt(info.artifactUri, path);
  if (folder !== undefined) return folder;
  const models = await Promise.all(outputs.modelOutputs.map(({ modelId }) => client.getLoggedModel(modelId)));
  const { model, path: within = "" } = runModelAt(models, path) ?? {};
  const found = model && (await folderAt(model.artifactLocation, within));
  if (found !== undefined) return found;
  const tried = [`${place(info.artifactUri)}/${path}`, ...(model ? [place(model.artifactLocation)] : [])];
  return notFound(uri, tried, [
    ...new Set([...(await modelsBelow(info.artifactUri)), ...models.map(({ name }) => name)]),
  ]);
}

/** A version's files are where it says; what it was registered from may be an address itself. */
async function versionFolder(uri: string, { name, version }: ModelVersion): Promise<string> {
  const location = await openRegistry().getModelVersionDownloadUri(name, version);
  const address = requireStores().parseModelAddress(location);
  if (address.kind !== "place" && address.kind !== "run" && address.kind !== "logged")
    throw new InvalidInputError(messages.badModelAddress(location));
  try {
    return await folderOf(uri, address);
  } catch (cause) {
    if (!(cause instanceof TrackbookError) || cause.code !== "RESOURCE_DOES_NOT_EXIST") throw cause;
    throw new StoreError(messages.modelNotFound(uri, [place(location)]), { cause });
  }
}

import { type AnyArtifactRepository, openAnyArtifacts, servedPlace } from "../../artifacts";
import type { DeletedEntity } from "../../stores";

/** Where `mlflow-artifacts:/…` lies, when that is known; a path that leads out of what the server keeps lies nowhere. */
export function placed(entity: DeletedEntity, destination: string | undefined): DeletedEntity {
  try {
    return { ...entity, artifactUri: servedPlace(entity.artifactUri, destination) };
  } catch {
    return entity;
  }
}

/** Removes artifacts that were left behind a wire, where they are that entity's; why they are still there. */
export async function removeElsewhere({ id }: DeletedEntity, uri: string): Promise<string | undefined> {
  if (/^mlflow-artifacts:/i.test(uri))
    return "--artifacts-destination says what the server keeps there, and no path may lead out of it";
  if (!/^s3:/i.test(uri) || !uri.split("/").includes(id)) return "they may be somebody else's";
  try {
    await removeBelow(openAnyArtifacts(uri), "");
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function removeBelow(artifacts: AnyArtifactRepository, folder: string): Promise<void> {
  for (const { path, isDir } of await artifacts.list(folder))
    await (isDir ? removeBelow(artifacts, path) : artifacts.remove(path));
}

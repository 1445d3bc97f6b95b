import { messages, StoreError, validateArtifactPath } from "../../core";
import type { ArtifactRepository } from "../artifact-repository";

/** The artifacts of a run that is kept nowhere: what is written is gone, and nothing is found. */
export function noArtifacts(uri: string): ArtifactRepository {
  const missing = (path: string): never => {
    validateArtifactPath(path, true);
    throw new StoreError(messages.keptNowhere("artifact", path));
  };
  return {
    uri,
    write: (path) => validateArtifactPath(path),
    receive: async (path, source) => {
      validateArtifactPath(path);
      source.destroy();
    },
    copyIn: (_localFile, path) => validateArtifactPath(path),
    remove: (path) => validateArtifactPath(path),
    list: (path = "") => {
      validateArtifactPath(path, true);
      return [];
    },
    read: missing,
    exclusively: () => {},
    claim: () => () => {},
    download: missing,
  };
}

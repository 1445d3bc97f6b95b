import { InvalidInputError, messages, NOWHERE } from "../core";
import type { ArtifactRepository } from "./artifact-repository";
import { localArtifacts } from "./local";
import { noArtifacts } from "./none";

/**
 * The artifacts that a run's `artifactUri` or a model's `artifactLocation` names: a path or `file:` URI.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE for a URI that trackbook cannot reach
 */
export function openArtifacts(uri: string): ArtifactRepository {
  if (uri.startsWith(NOWHERE)) return noArtifacts(uri);
  // One letter and a colon is a Windows drive.
  if (/^[a-z][a-z0-9+.-]+:/i.test(uri) && !/^file:/i.test(uri))
    throw new InvalidInputError(messages.unsupportedArtifactUri(uri));
  return localArtifacts({ root: uri });
}

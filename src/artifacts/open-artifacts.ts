import { InvalidInputError, isLocalPlace, messages, NOWHERE } from "../core";
import type { AnyArtifactRepository, ArtifactRepository } from "./artifact-repository";
import { localArtifacts } from "./local";

/** What reaches other places, loaded with the first. */
const requireNone = () => require("./none") as typeof import("./none");
const requireProxy = () => require("./proxy") as typeof import("./proxy");
const requireS3 = () => require("./s3") as typeof import("./s3");

/**
 * The artifacts that a run's `artifactUri` or a model's `artifactLocation` names: a path or `file:` URI.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE for a URI that trackbook cannot reach
 */
export function openArtifacts(uri: string): ArtifactRepository {
  if (uri.startsWith(NOWHERE)) return requireNone().noArtifacts(uri);
  if (!isLocalPlace(uri)) throw new InvalidInputError(messages.unsupportedArtifactUri(uri));
  return localArtifacts({ root: uri });
}

/** How a URI is to be understood. */
export interface OpenArtifactsOptions {
  /** The server that keeps what lies at `mlflow-artifacts:/…`. */
  readonly trackingUri?: string;
}

/**
 * The same, also where it answers with promises: `mlflow-artifacts:` and `http(s):` by a tracking server, `s3:`.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE for a URI that trackbook cannot reach
 */
export function openAnyArtifacts(uri: string, { trackingUri }: OpenArtifactsOptions = {}): AnyArtifactRepository {
  if (/^(mlflow-artifacts|https?):/i.test(uri)) return requireProxy().proxyArtifacts({ uri, trackingUri });
  return /^s3:/i.test(uri) ? requireS3().s3Artifacts({ uri }) : openArtifacts(uri);
}

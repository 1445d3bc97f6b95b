import { validateArtifactPath } from "../core";

const SERVED = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.*)$/i;

/** True for artifacts that a tracking server keeps and their URI does not say which. */
export const isServedSomewhere = (uri: string): boolean => /^mlflow-artifacts:(?!\/\/[^/])/i.test(uri);

/**
 * Where `mlflow-artifacts:/…` lies, by the place that its server was given with `--artifacts-destination`; any other URI as it is.
 *
 * @throws INVALID_PARAMETER_VALUE for a path that leads out of that place: whoever logs to a server may choose it
 */
export function servedPlace(uri: string, destination: string | undefined): string {
  const [, path] = SERVED.exec(uri) ?? [];
  if (path === undefined || destination === undefined) return uri;
  validateArtifactPath(path, true);
  return `${destination.replace(/(?<=.)\/+$/, "")}/${path}`;
}

const SERVED = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.*)$/i;

/** True for artifacts that a tracking server keeps and their URI does not say which. */
export const isServedSomewhere = (uri: string): boolean => /^mlflow-artifacts:(?!\/\/[^/])/i.test(uri);

/** Where `mlflow-artifacts:/…` lies, by the place that its server was given with `--artifacts-destination`; any other URI as it is. */
export function servedPlace(uri: string, destination: string | undefined): string {
  const [, path] = SERVED.exec(uri) ?? [];
  if (path === undefined || destination === undefined) return uri;
  return `${destination.replace(/(?<=.)\/+$/, "")}/${path}`;
}

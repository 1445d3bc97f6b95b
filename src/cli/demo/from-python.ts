import { isAbsolute } from "node:path";
import { isFileUri } from "../../core";
import { shortPlace } from "../../tracking";

/** How Python's MLflow looks at the runs of a store, from the folder that we are in. */
export function fromPython(uri: string): string {
  const place = shortPlace(uri);
  if (/^https?:/i.test(uri)) return `mlflow.set_tracking_uri("${place}")`;
  if (!isFileUri(uri))
    return `mlflow ui --backend-store-uri ${uri.startsWith("sqlite:") ? `sqlite:///${place}` : place}`;
  const folder = isAbsolute(place) ? place : `./${place}`;
  return `MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri ${/\s/.test(folder) ? `"${folder}"` : folder}`;
}

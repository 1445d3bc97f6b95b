import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Where a data set came from, as MLflow keeps it. */
export interface DatasetSource {
  readonly sourceType: string;
  /** JSON text. */
  readonly source: string;
}

/**
 * MLflow's description of a source (mlflow/data/*_dataset_source.py): `http` for a web address, the scheme for another
 * URI, `local` for a path or file: URI (made absolute), and without a source `code` with the tags of the running
 * program.
 */
export function describeSource(source: string | undefined, codeTags: Readonly<Record<string, string>>): DatasetSource {
  if (source === undefined) return { sourceType: "code", source: JSON.stringify({ tags: codeTags }) };
  // Two letters at least: C:\data is a path.
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]+):/.exec(source)?.[1]?.toLowerCase();
  if (scheme === "http" || scheme === "https") return { sourceType: "http", source: JSON.stringify({ url: source }) };
  if (scheme === undefined || scheme === "file")
    return { sourceType: "local", source: JSON.stringify({ uri: localPath(source, scheme) }) };
  return { sourceType: scheme, source: JSON.stringify({ uri: source }) };
}

function localPath(source: string, scheme: string | undefined): string {
  if (scheme === undefined) return resolve(source);
  try {
    return fileURLToPath(source);
  } catch {
    // A file: URI with a host, say: kept as given.
    return source;
  }
}

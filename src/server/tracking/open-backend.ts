import { dirname, join, resolve } from "node:path";
import { isFileUri, localPath } from "../../core";
import { openAnyTrackingStore, openRegistryStore } from "../../stores";
import { ServedArtifacts } from "./artifacts";
import type { Backend } from "./backend";
import { Histories } from "./histories";
import { PointGroups } from "./point-groups";

/** What the server serves. */
export interface BackendOptions {
  /** Absolute URI of the tracking store. */
  readonly storeUri: string;
  /** @default the tracking store's */
  readonly registryUri?: string;
  /** Where the artifacts of new experiments lie. @default behind the server, where that serves artifacts; else with the store */
  readonly artifactRoot?: string;
  /** Whether clients send artifacts to the server, and fetch them from it. @default true */
  readonly servesArtifacts?: boolean;
  /** Where those lie, a path or URI. @default "./mlartifacts" */
  readonly artifactsDestination?: string;
  /** Other folders of this machine, and `s3:` URIs, below which artifacts may lie. */
  readonly artifactFolders?: readonly string[];
}

/** Opens what the server serves. @throws INVALID_PARAMETER_VALUE for a URI that names no store that trackbook has */
export function openBackend(options: BackendOptions): Backend {
  const { storeUri, registryUri = storeUri, servesArtifacts = true, artifactFolders = [] } = options;
  const destination = options.artifactsDestination ?? "./mlartifacts";
  const artifactRoot = options.artifactRoot ?? (servesArtifacts ? "mlflow-artifacts:/" : rootWithout(storeUri));
  const places = [
    ...artifactFolders,
    ...storeFolders(storeUri),
    resolve("mlruns"),
    ...(artifactRoot === undefined ? [] : [artifactRoot]),
  ];
  const store = openAnyTrackingStore(storeUri, { artifactRoot, isServed: true });
  return {
    store,
    points: new PointGroups(store),
    histories: new Histories(store),
    registry: openRegistryStore(registryUri, { isServed: true }),
    artifacts: new ServedArtifacts({ destination: servesArtifacts ? destination : undefined, places }),
  };
}

/** As MLflow: a file store has artifacts beside its runs, databases have them in `./mlruns`. */
const rootWithout = (storeUri: string): string | undefined => (isFileUri(storeUri) ? undefined : resolve("mlruns"));

/** The folder of a file store; of what stands beside an SQLite file only `mlruns`, for the rest may be anything. */
function storeFolders(uri: string): string[] {
  if (isFileUri(uri)) return [localPath(uri)];
  const [, path] = /^sqlite(?:\+\w+)?:\/\/\/(.+)$/i.exec(uri) ?? [];
  return path === undefined ? [] : [join(dirname(resolve(path)), "mlruns")];
}

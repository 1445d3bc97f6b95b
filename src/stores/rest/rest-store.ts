import type { RemoteTrackingStore } from "../tracking-store";
import { connect } from "./connection";
import { experimentOperations } from "./experiments";
import { modelOperations } from "./logged-models";
import { runOperations } from "./runs";

/** Where a tracking server is. */
export interface RestStoreOptions {
  /** `http://…` or `https://…`, with the prefix that the server was given, if any. */
  readonly uri: string;
}

/**
 * A tracking server of MLflow's, Python's or ours, by its HTTP API. Nothing is asked by opening it.
 *
 * @example await restStore({ uri: "http://127.0.0.1:5000" }).getExperiment("0");
 */
export function restStore({ uri }: RestStoreOptions): RemoteTrackingStore {
  const connection = connect(uri);
  return {
    kind: "rest",
    uri: connection.uri,
    isRemote: true,
    ...experimentOperations(connection),
    ...runOperations(connection),
    ...modelOperations(connection),
  };
}

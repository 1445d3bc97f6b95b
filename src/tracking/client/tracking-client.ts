import { getRegistryUri, getTrackingUri, requireStores } from "../tracking-uri";
import { LoggedModelOperations } from "./logged-model-operations";

/**
 * Everything that can be done to runs and experiments by their ids, as MLflow's MlflowClient does it: required arguments in its
 * order, optional ones in one last object. Every operation is a promise; wrong arguments reject with an InvalidInputError
 * before anything is written, trouble of the store with a StoreError.
 *
 * @example
 * const client = new TrackingClient("./mlruns");
 * const run = await client.createRun(await client.createExperiment("iris"), { runName: "first" });
 * await client.logMetric(run.info.runId, "loss", 0.5, { step: 1 });
 * await client.setTerminated(run.info.runId);
 */
export class TrackingClient extends LoggedModelOperations {
  /** Absolute URI of the store that runs are in. */
  readonly trackingUri: string;
  /** Where registered models are. */
  readonly registryUri: string;

  /**
   * @param trackingUri a path or URI. @default what {@link setTrackingUri} chose, else MLFLOW_TRACKING_URI, else `./mlruns`
   * @param registryUri a path or URI. @default the tracking URI, unless {@link setRegistryUri} or MLFLOW_REGISTRY_URI chose another
   * @throws INVALID_PARAMETER_VALUE for a URI that names no store that trackbook has
   */
  constructor(trackingUri?: string, registryUri?: string) {
    const store = requireStores().openTrackingStore(trackingUri ?? getTrackingUri());
    super(store);
    this.trackingUri = store.uri;
    this.registryUri = registryUri ?? (trackingUri === undefined ? getRegistryUri() : store.uri);
  }
}

import { absoluteUri, getTrackingUri, registryUriFor, requireStores } from "../tracking-uri";
import { ModelVersionOperations } from "./model-version-operations";
import { requireAfterDelivery } from "./registered-model-operations";

/**
 * Everything that can be done to runs, experiments and models by their ids and names, as MLflow's MlflowClient does it: required arguments in its
 * order, optional ones in one last object. Every operation is a promise; wrong arguments reject with an InvalidInputError
 * before anything is written, trouble of the store with a StoreError.
 *
 * @example
 * const client = new TrackingClient("./mlruns");
 * const run = await client.createRun(await client.createExperiment("iris"), { runName: "first" });
 * await client.logMetric(run.info.runId, "loss", 0.5, { step: 1 });
 * await client.setTerminated(run.info.runId);
 */
export class TrackingClient extends ModelVersionOperations {
  /** Absolute URI of the store that runs are in. */
  override readonly trackingUri: string;
  /** Absolute URI of the registry that registered models are in. It is opened by the first operation on them. */
  override readonly registryUri: string;

  /**
   * @param trackingUri a path or URI. @default what {@link setTrackingUri} chose, else MLFLOW_TRACKING_URI, else `./mlruns`
   * @param registryUri a path or URI. @default what {@link setRegistryUri} chose, else MLFLOW_REGISTRY_URI, else the tracking URI
   * @throws INVALID_PARAMETER_VALUE for a URI that names no store that trackbook has
   */
  constructor(trackingUri?: string, registryUri?: string) {
    const store = requireStores().openAnyTrackingStore(trackingUri ?? getTrackingUri());
    super(store.isRemote ? requireAfterDelivery().afterDelivery(store, store.uri) : store);
    this.trackingUri = store.uri;
    this.registryUri = registryUri === undefined ? registryUriFor(store) : registryUri && absoluteUri(registryUri);
  }
}

import type { LoggedModel, ModelVersion } from "../../../core";
import type { TrackingStore } from "../../../stores";
import { findLoggedModel } from "./model-link";

/** The versions with the params and metrics of the LoggedModels behind them, where the tracking store has these. */
export function withModelData(versions: readonly ModelVersion[], store: TrackingStore): ModelVersion[] {
  const known = new Map<string, LoggedModel | undefined>();
  return versions.map((version) => {
    const { modelId } = version;
    if (modelId === undefined || version.params !== undefined) return version;
    if (!known.has(modelId)) known.set(modelId, findLoggedModel(store, modelId));
    const model = known.get(modelId);
    return model ? { ...version, params: model.params, metrics: model.metrics } : version;
  });
}

import type { LoggedModel, ModelVersion } from "../../../core";
import type { AnyTrackingStore } from "../../../stores";
import { findLoggedModel } from "./model-link";

/** The versions with the params and metrics of the LoggedModels behind them, where the tracking store has these. */
export async function withModelData(
  versions: readonly ModelVersion[],
  store: AnyTrackingStore,
): Promise<ModelVersion[]> {
  const known = new Map<string, Promise<LoggedModel | undefined>>();
  const complete = async (version: ModelVersion): Promise<ModelVersion> => {
    const { modelId } = version;
    if (modelId === undefined || version.params !== undefined) return version;
    const asked = known.get(modelId) ?? findLoggedModel(store, modelId);
    known.set(modelId, asked);
    const model = await asked;
    return model ? { ...version, params: model.params, metrics: model.metrics } : version;
  };
  return Promise.all(versions.map(complete));
}

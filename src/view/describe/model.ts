import type { LoggedModel } from "../../core";
import type { ModelCard } from "../model-card";

/** A logged model as a card. */
export function describeModel({ name, modelId, modelType, status, statusMessage }: LoggedModel): ModelCard {
  return {
    name,
    flavor: modelType || undefined,
    path: `models:/${modelId}`,
    modelId,
    state: status === "READY" ? undefined : [status.toLowerCase(), statusMessage].filter(Boolean).join(": "),
  };
}

import type { ModelSignature, PredictionInput } from "../../models";
import type { ModelCard } from "../../view";

/** What a request asks a model: columns or tensors as its signature has them; without a signature whatever was sent. */
export type ServedInput = PredictionInput | { readonly kind: "free"; readonly value: unknown };

/** A model as the server knows it. */
export interface ServedModel {
  /** What the page and the OpenAPI document say of it. */
  readonly card: ModelCard;
  readonly signature?: ModelSignature;
  /** A request that the model answers: the content of `serving_input_example.json`, where it was logged with one. */
  readonly example?: unknown;
  /** @param params are all that the signature names, defaults included */
  predict(input: ServedInput, params: Readonly<Record<string, unknown>>): unknown | Promise<unknown>;
}

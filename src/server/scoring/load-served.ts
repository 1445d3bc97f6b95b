import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAskable } from "../../libraries";
import type { ServedModel } from "./served-model";

/**
 * Loads a model to serve it. A request's values are cast to the signature's types already, so they are not looked at again.
 *
 * Rejects as `loadModel` does.
 */
export async function loadServedModel(uri: string): Promise<ServedModel> {
  const model = await loadAskable(uri);
  const { signature, flavor, folder, modelId } = model;
  return {
    card: { name: uri, flavor, signature: signature?.toString(), modelId },
    signature,
    example: readExample(folder),
    predict: (input, params) => (input.kind === "free" ? model.predict(input.value, params) : model.ask(input, params)),
  };
}

/** What the model was logged with as a request that it answers. */
function readExample(folder: string): unknown {
  const path = join(folder, "serving_input_example.json");
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // Only an example: without it one is made up.
    return undefined;
  }
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAskable } from "../../libraries";
import { isolatedCopy } from "./isolated-copy";
import type { ServedModel } from "./served-model";

/** Where the model's packages are taken from. */
export type EnvironmentName = "local" | "isolated";

/** How a model is loaded to be served. */
export interface ServedModelOptions {
  /** `isolated`: what is pinned with the model, installed into the user's cache, before anything else. @default "local" */
  readonly environment?: EnvironmentName;
  /** Called when the packages are not there yet: installing them takes seconds. */
  readonly onInstall?: (folder: string) => void;
}

/**
 * Loads a model to serve it. A request's values are cast to the signature's types already, so they are not looked at again.
 *
 * Rejects as `loadModel` does, and for an isolated environment where nothing is pinned or npm fails.
 */
export async function loadServedModel(
  uri: string,
  { environment = "local", onInstall }: ServedModelOptions = {},
): Promise<ServedModel> {
  const model = await loadAskable(environment === "isolated" ? await isolatedCopy(uri, { onInstall }) : uri);
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

import { InvalidInputError, messages, StoreError, TrackbookError } from "../core";
import type { LoadableFlavor, LoadedModel } from "../models";
import type { AskableModel } from "../models/loaded";
import { likelyFlavors, loadableFlavors } from "./registry";

/** What reads and asks models, loaded with the first and not by `import "trackbook"`; not all that is known of models. */
const requireLoaded = () => require("../models/loaded") as typeof import("../models/loaded");

/**
 * Loads a model that was logged or saved, in this program or another: from a folder or `file:` URI, `runs:/RUN_ID/NAME`, `models:/m-…`,
 * `models:/NAME/VERSION`, `models:/NAME/latest`, `models:/NAME/STAGE` or `models:/NAME@ALIAS`.
 *
 * The libraries that it needs are looked for in the folder's own `node_modules`, in the folders that TRACKBOOK_NODE_PATH names, and where the program
 * runs.
 *
 * Rejects with RESOURCE_DOES_NOT_EXIST when there is no model, with MISSING_PACKAGE and the command that mends it when a library is not installed, and with
 * INVALID_PARAMETER_VALUE for a model of a kind that only Python loads.
 *
 * @example
 * const model = await loadModel("models:/wine@champion");
 * await model.predict([{ alcohol: 9.4, pH: 3.51 }]);
 */
export const loadModel = (uri: string): Promise<LoadedModel> => loadAskable(uri);

/** The same, for who has to ask in the order and types of the signature already: a server. */
export async function loadAskable(uri: string): Promise<AskableModel> {
  const { AskableModel, findModel, modelPackages, readModelInfo } = requireLoaded();
  const folder = await findModel(uri);
  const info = readModelInfo(folder);
  const { name, predictor, config } = flavorOf(uri, info.flavors);
  try {
    const model = await predictor.restore({ folder, config, ...modelPackages(folder, config) });
    return new AskableModel({ uri, folder, flavor: name, info, predictor, model });
  } catch (cause) {
    if (cause instanceof TrackbookError) throw cause;
    const made = [config.package, config.package_version].filter((part) => typeof part === "string").join(" ");
    throw new StoreError(messages.modelNotRestored(folder, (cause as Error).message, made), { cause });
  }
}

type Config = Readonly<Record<string, unknown>>;

type Loadable = LoadableFlavor & { readonly config: Config };

function flavorOf(uri: string, configs: Readonly<Record<string, Config>>): Loadable {
  const names = Object.keys(configs);
  const isTheirs = ({ name }: LoadableFlavor) => Object.hasOwn(configs, name);
  const found = names.flatMap(likelyFlavors).find(isTheirs) ?? loadableFlavors().find(isTheirs);
  if (found) return { ...found, config: configs[found.name] as Config };
  const known = loadableFlavors().map(({ name }) => name);
  throw new InvalidInputError(messages.noLoadableFlavor(uri, names, known));
}

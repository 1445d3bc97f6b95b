import {
  InvalidInputError,
  isDisabled,
  LIMITS,
  messages,
  newModelId,
  now,
  toText,
  validateArtifactPath,
  validateKey,
  validateOptions,
  validateRecord,
} from "../core";
import type { Flavor, InputExample, ModelSignature } from "../models";
import {
  activeOrInherited,
  type OpenRun,
  reportStored,
  openImplicitRun,
  requireRegisteredModelName,
  requireRegistry,
} from "../tracking";
import { type LoggedModelInfo, showingItself } from "./logged-model-info";
import { registeredFlavors } from "./registry";
import { requireCodePaths, takeSnapshot } from "./take-snapshot";

/** Options of {@link saveModel}. */
export interface SaveModelOptions {
  /** @default inferred from `inputExample`, when that is given, else what the model itself declares (those of TensorFlow.js do) */
  signature?: ModelSignature;
  /** A few rows that the model can be asked. */
  inputExample?: unknown;
  /** Kept in MLmodel; JSON. */
  metadata?: Record<string, unknown>;
  /** The library's name, when it cannot be told from the model. */
  flavor?: string;
  /**
   * Files and folders of your own code that the model needs, relative to the working directory: kept in the model's `code/`, at their
   * places towards each other. Of files also what they import by relative paths; TypeScript is kept as JavaScript. Before a model of
   * TensorFlow.js is loaded again the files are, so that layers of your own register themselves.
   */
  codePaths?: readonly string[];
}

/** Options of {@link logModel}. */
export interface LogModelOptions extends SaveModelOptions {
  /** Params of the LoggedModel: kept as text, as `logParams` does. */
  params?: Record<string, unknown>;
  /** Also register the model as a version under this name; the registered model is created when it is missing. */
  registeredModelName?: string;
}

/** What describes and keeps models, loaded when the first is kept and not by `import "trackbook"`. */
const requireModels = () => require("../models") as typeof import("../models");

const SAVE_OPTIONS = ["signature", "inputExample", "metadata", "flavor", "codePaths"];

/**
 * Keeps a trained model on the active run, in MLflow's format, below `artifacts/<name>`. The model is taken apart before the first await. A second
 * model of one name on a run replaces nothing: it is kept as `<name>-2`, which the returned `name` says.
 *
 * Rejects with INVALID_PARAMETER_VALUE for what is no model of a known library, and for params that have no text; when only registering it under
 * `registeredModelName` fails, the model is kept all the same.
 *
 * @example await logModel(forest, "random_forest_n_100", { inputExample: rows.slice(0, 5) });
 */
export async function logModel(model: object, name: string, options: LogModelOptions = {}): Promise<LoggedModelInfo> {
  validateOptions("logModel", options, [...SAVE_OPTIONS, "params", "registeredModelName"]);
  validateArtifactPath(name);
  const { registeredModelName, codePaths } = options;
  if (registeredModelName !== undefined) requireRegisteredModelName(registeredModelName);
  const params = textsOf(options.params);
  const flavor = flavorOf(model, options.flavor);
  requireCodePaths(codePaths);
  const pending = isDisabled() ? undefined : takeSnapshot(flavor, model, codePaths);
  const details = detailsOf(options);
  const run = activeOrInherited() ?? openImplicitRun();
  if (!run) throw new InvalidInputError(messages.noRun("logModel"));
  if (pending === undefined) return keptNowhere(run, name, flavor, { ...options, signature: details.signature });
  const snapshot = await pending;
  const signature = details.signature ?? snapshot.signature;
  let modelId = "";
  const folder = requireModels().logModelOnRun(run, {
    name,
    flavor: flavor.name,
    snapshot,
    environment: () => requireModels().environmentOf(flavor, snapshot, { model }),
    ...details,
    signature,
    params,
    created: (id) => {
      modelId = id;
    },
  });
  await reportStored([run]);
  modelId = run.store.spool?.confirmed(modelId)?.id ?? modelId;
  const version =
    registeredModelName === undefined
      ? undefined
      : await requireRegistry().registerLogged(run.store, modelId, registeredModelName);
  return showingItself(
    {
      modelId,
      modelUri: `models:/${modelId}`,
      runId: run.id,
      name: folder,
      signature,
      ...(version && { registeredModelVersion: version.version }),
    },
    {
      flavor: flavor.name,
      size: requireModels().snapshotBytes(snapshot),
      runName: run.name,
      registered: version && `models:/${version.name}/${version.version}`,
    },
  );
}

/** `TRACKBOOK_MODE=disabled`: what a caller goes on with. */
function keptNowhere(
  { id: runId, name: runName }: OpenRun,
  name: string,
  { name: flavor }: Flavor,
  { signature, registeredModelName }: LogModelOptions,
): LoggedModelInfo {
  const modelId = newModelId();
  const registered = registeredModelName !== undefined && { registeredModelVersion: 1 };
  return showingItself(
    { modelId, modelUri: `models:/${modelId}`, runId, name, signature, ...registered },
    { flavor, runName },
  );
}

/**
 * Writes a trained model to a local folder, in MLflow's format, whole or not at all.
 *
 * Rejects with RESOURCE_ALREADY_EXISTS when the folder is not empty.
 *
 * @example await saveModel(model, "my-model");
 */
export async function saveModel(model: object, dir: string, options: SaveModelOptions = {}): Promise<void> {
  validateOptions("saveModel", options, SAVE_OPTIONS);
  if (typeof dir !== "string" || dir === "")
    throw new InvalidInputError(
      messages.wrongType(
        "The folder of saveModel",
        dir,
        "a path",
        'saveModel(model, "models/first") is a call that is right.',
      ),
    );
  const flavor = flavorOf(model, options.flavor);
  const pending = takeSnapshot(flavor, model, options.codePaths);
  const details = { flavor: flavor.name, ...detailsOf(options), utcTime: now() };
  const { environmentOf, modelFolderFiles, saveModelFolder } = requireModels();
  const snapshot = await pending;
  const signature = details.signature ?? snapshot.signature;
  const environment = environmentOf(flavor, snapshot, { model });
  await saveModelFolder(dir, modelFolderFiles(snapshot, { ...details, signature, environment }));
}

/** What a LoggedModel keeps of its params. */
function textsOf(params: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  validateRecord("The params of logModel", params);
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => {
      validateKey("param", key);
      return [key, toText("param", key, value, LIMITS.paramValueLength)];
    }),
  );
}

function detailsOf({ signature, inputExample, metadata }: SaveModelOptions) {
  const { captureTable, inferSignature, ModelSignature } = requireModels();
  if (signature !== undefined && !(signature instanceof ModelSignature))
    throw new InvalidInputError(
      messages.wrongType(
        "The signature",
        signature,
        "what inferSignature() returns",
        "inferSignature(input, output) makes one; inputExample is enough as well.",
      ),
    );
  const example: InputExample | undefined =
    inputExample === undefined ? undefined : { data: captureTable(inputExample, { maxRows: 100 }) };
  const inferred = signature ?? (inputExample === undefined ? undefined : inferSignature(inputExample));
  return { signature: inferred, inputExample: example, metadata };
}

function flavorOf(model: unknown, name: string | undefined): Flavor {
  const known = registeredFlavors();
  const found = known.find((flavor) => (name === undefined || flavor.name === name) && flavor.recognises(model));
  if (found) return found;
  throw new InvalidInputError(
    messages.unknownModel(
      model,
      known.map((flavor) => flavor.name),
      name,
    ),
  );
}

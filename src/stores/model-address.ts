import { InvalidInputError, MODEL_VERSION_STAGES, messages, type ModelVersionStage } from "../core";

/** What an address of a model names. */
export type ModelAddress =
  /** A folder, as a path or URI. */
  | { readonly kind: "place"; readonly uri: string }
  /** `runs:/RUN_ID/PATH` */
  | { readonly kind: "run"; readonly runId: string; readonly path: string }
  /** `models:/m-…` */
  | { readonly kind: "logged"; readonly modelId: string }
  /** `models:/NAME/1` */
  | { readonly kind: "version"; readonly name: string; readonly version: number }
  /** `models:/NAME@ALIAS` */
  | { readonly kind: "alias"; readonly name: string; readonly alias: string }
  /** `models:/NAME/latest`, or the newest version in a stage. */
  | { readonly kind: "newest"; readonly name: string; readonly stage?: ModelVersionStage };

/**
 * Reads an address of a model (mlflow/store/artifact/utils/models.py, _parse_model_uri).
 *
 * @throws InvalidInputError for one that names no model.
 */
export function parseModelAddress(uri: unknown): ModelAddress {
  if (typeof uri !== "string" || uri.trim() === "") throw new InvalidInputError(messages.badModelAddress(uri));
  if (/^runs:/i.test(uri)) return parseRun(uri);
  if (/^models:/i.test(uri)) return parseModels(uri);
  return { kind: "place", uri };
}

function parseRun(uri: string): ModelAddress {
  const [, runId, path] = /^runs:\/+([^/]+)\/+(.+?)\/*$/i.exec(uri) ?? [];
  if (runId !== undefined && path !== undefined) return { kind: "run", runId, path };
  throw new InvalidInputError(messages.badModelAddress(uri, "runs:/RUN_ID/NAME: the name is that given to logModel."));
}

function parseModels(uri: string): ModelAddress {
  const parts = uri
    .replace(/^models:\/*/i, "")
    .replace(/\/+$/, "")
    .split("/");
  const [name = "", which] = parts;
  if (name === "" || parts.length > 2) throw new InvalidInputError(messages.badModelAddress(uri));
  if (which !== undefined) return parseVersion(uri, name, which);
  const at = name.lastIndexOf("@");
  if (at > 0 && at < name.length - 1) return { kind: "alias", name: name.slice(0, at), alias: name.slice(at + 1) };
  if (name.startsWith("m-")) return { kind: "logged", modelId: name };
  throw new InvalidInputError(messages.badModelAddress(uri, `models:/${name}/latest is the newest version.`));
}

function parseVersion(uri: string, name: string, which: string): ModelAddress {
  if (/^[1-9]\d*$/.test(which)) return { kind: "version", name, version: Number(which) };
  if (/^latest$/i.test(which)) return { kind: "newest", name };
  const stage = MODEL_VERSION_STAGES.find((one) => one.toLowerCase() === which.toLowerCase());
  if (stage) return { kind: "newest", name, stage };
  throw new InvalidInputError(messages.badModelAddress(uri, `an alias is written models:/${name}@${which}.`));
}

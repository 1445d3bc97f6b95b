import { InvalidInputError, messages, type ModelVersionStage, toModelVersionStage } from "../core";
import type { AnyRegistryStore } from "../stores";

/** What a `models:/…` URI names: a LoggedModel, or one version of a registered model. */
export type ModelReference =
  | { readonly kind: "logged"; readonly modelId: string }
  | { readonly kind: "version"; readonly name: string; readonly version: number }
  | { readonly kind: "alias"; readonly name: string; readonly alias: string }
  | { readonly kind: "stage"; readonly name: string; readonly stage: ModelVersionStage };

/** True for a `models:/…` URI. */
export const isModelUri = (uri: string): boolean => /^models:/i.test(uri);

/**
 * Reads `models:/m-…`, `models:/name/1`, `models:/name@alias`, `models:/name/latest` and `models:/name/Stage`.
 *
 * @throws INVALID_PARAMETER_VALUE
 * @example parseModelUri("models:/wine@champion"); // { kind: "alias", name: "wine", alias: "champion" }
 */
export function parseModelUri(uri: string): ModelReference {
  const parts = /^models:\/+([^/]+)(?:\/([^/]+))?\/?$/i.exec(uri);
  if (!parts) throw new InvalidInputError(messages.badModelUri(uri));
  const [, first, suffix] = parts as unknown as [string, string, string | undefined];
  if (suffix !== undefined) {
    if (/^\d+$/.test(suffix)) return { kind: "version", name: first, version: Number(suffix) };
    if (/^latest$/i.test(suffix)) return { kind: "alias", name: first, alias: "latest" };
    return { kind: "stage", name: first, stage: toModelVersionStage(suffix) };
  }
  const at = first.lastIndexOf("@");
  if (at > 0 && at < first.length - 1) return { kind: "alias", name: first.slice(0, at), alias: first.slice(at + 1) };
  if (at >= 0) throw new InvalidInputError(messages.badModelUri(uri));
  return { kind: "logged", modelId: first };
}

/** The name and number of the version that a reference to a registered model means now. Rejects with RESOURCE_DOES_NOT_EXIST. */
export async function resolveVersion(
  registry: AnyRegistryStore,
  reference: Exclude<ModelReference, { kind: "logged" }>,
): Promise<{ name: string; version: number }> {
  const { name } = reference;
  if (reference.kind === "version") return { name, version: reference.version };
  if (reference.kind === "alias")
    return { name, version: (await registry.getModelVersionByAlias(name, reference.alias)).version };
  const [latest] = await registry.getLatestVersions(name, [reference.stage]);
  if (!latest) throw new InvalidInputError(messages.noVersionInStage(name, reference.stage));
  return { name, version: latest.version };
}

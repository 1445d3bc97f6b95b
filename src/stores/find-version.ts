import { messages, type ModelVersion, StoreError } from "../core";
import type { ModelAddress } from "./model-address";
import type { AnyRegistryStore } from "./registry-store";

/** An address that names a version of a registered model. */
export type VersionAddress = Extract<ModelAddress, { kind: "version" | "alias" | "newest" }>;

/**
 * The version that an address names now. `uri` is the address as it was written.
 *
 * Rejects with RESOURCE_DOES_NOT_EXIST when there is none, and INVALID_PARAMETER_VALUE for an alias that names none.
 */
export async function findVersion(
  registry: AnyRegistryStore,
  uri: string,
  address: VersionAddress,
): Promise<ModelVersion> {
  const { name } = address;
  if (address.kind === "version") return registry.getModelVersion(name, address.version);
  if (address.kind === "alias") return registry.getModelVersionByAlias(name, address.alias);
  const { stage } = address;
  const versions = await registry.getLatestVersions(name, stage && [stage]);
  const newest = [...versions].sort((a, b) => b.version - a.version)[0];
  if (newest) return newest;
  throw new StoreError(messages.noModelVersion(uri, name, stage));
}

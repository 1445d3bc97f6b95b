import { join } from "node:path";
import { type LifecycleStage, messages, StoreError } from "../../core";
import type { YamlMap } from "../../core/yaml";
import { readSettledText } from "./files";
import { META_FILE } from "./layout";
import { parseYaml } from "./yaml";

/** A meta.yaml, with readers that say which field of which file is wrong. */
export interface MetaFile {
  readonly path: string;
  readonly map: YamlMap;
}

/**
 * The meta.yaml of a folder; `undefined` when it has none. Python rewrites it in place: a moment's emptiness is waited out.
 *
 * @throws DATA_LOSS when it is no YAML mapping
 */
export function readMeta(folder: string): MetaFile | undefined {
  const path = join(folder, META_FILE);
  const text = readSettledText(path, (found) => found.trim() !== "");
  if (text === undefined) return undefined;
  try {
    return { path, map: parseYaml(text) };
  } catch (cause) {
    throw corrupt(path, cause instanceof Error ? cause.message.replace(/[.:]$/, "") : "it is no YAML", cause);
  }
}

/** A field that must be there; numbers are taken as text: old stores wrote ids without quotes. */
export function textField(meta: MetaFile, field: string): string {
  const value = meta.map[field];
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw corrupt(meta.path, value === undefined ? `it has no ${field}` : `its ${field} is no text`);
}

/** A field that may be null or missing. */
export function optionalTextField(meta: MetaFile, field: string): string | undefined {
  const value = meta.map[field];
  return value === undefined || value === null ? undefined : textField(meta, field);
}

/** A whole number that must be there. */
export function integerField(meta: MetaFile, field: string): number {
  const value = optionalIntegerField(meta, field);
  if (value === undefined) throw corrupt(meta.path, `it has no ${field}`);
  return value;
}

/** A whole number that may be null or missing. */
export function optionalIntegerField(meta: MetaFile, field: string): number | undefined {
  const value = meta.map[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isFinite(value)) throw corrupt(meta.path, `its ${field} is no number`);
  return Math.trunc(value);
}

/** `lifecycle_stage`; stores that never had one mean active. */
export const lifecycleField = (meta: MetaFile): LifecycleStage =>
  meta.map.lifecycle_stage === "deleted" ? "deleted" : "active";

/** Throws unless the file says of itself what the folders around it are called. */
export function requireField(meta: MetaFile, field: string, expected: string): void {
  const value = textField(meta, field);
  if (value !== expected) throw corrupt(meta.path, `its ${field} is ${value}, but it lies in ${expected}`);
}

/** The error of a file that cannot be taken for what it should be. */
export const corrupt = (path: string, why: string, cause?: unknown): StoreError =>
  new StoreError(messages.corrupt(path, why), cause === undefined ? undefined : { cause });

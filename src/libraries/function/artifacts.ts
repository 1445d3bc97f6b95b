import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InvalidInputError, messages, validateArtifactPath, validateRecord } from "../../core";
import type { ModelFile } from "../../models";

/** The artifacts of a model as they are kept. */
export interface KeptArtifacts {
  readonly files: readonly ModelFile[];
  /** Where each is, relative to the model's folder. */
  readonly paths: Readonly<Record<string, string>>;
}

/** Copies files, and folders whole. */
export function keepArtifacts(artifacts: Readonly<Record<string, unknown>> = {}): KeptArtifacts {
  validateRecord("The artifacts of a model", artifacts);
  const kept = Object.entries(artifacts).map(([name, path]) => {
    validateArtifactPath(name);
    const source = localPath(`The artifact ${JSON.stringify(name)}`, path);
    const target = `artifacts/${name}/${basename(source)}`;
    return { name, target, files: filesAt(source, target) };
  });
  return {
    files: kept.flatMap(({ files }) => files),
    paths: Object.fromEntries(kept.map(({ name, target }) => [name, target])),
  };
}

/** @throws InvalidInputError when it is no path, or there is nothing at it. */
export function localPath(what: string, path: unknown): string {
  const local = path instanceof URL || (typeof path === "string" && path.startsWith("file:")) ? fromUrl(path) : path;
  if (typeof local !== "string" || local === "") throw new InvalidInputError(messages.noSuchPath(what, path));
  const absolute = resolve(local);
  if (!statSync(absolute, { throwIfNoEntry: false })) throw new InvalidInputError(messages.noSuchPath(what, path));
  return absolute;
}

function fromUrl(url: string | URL): unknown {
  try {
    return fileURLToPath(url);
  } catch {
    // Said of it is what is said of a path that leads nowhere.
    return undefined;
  }
}

function filesAt(source: string, target: string): readonly ModelFile[] {
  if (!statSync(source).isDirectory()) return [{ path: target, bytes: readFileSync(source) }];
  return readdirSync(source).flatMap((name) => filesAt(join(source, name), `${target}/${name}`));
}

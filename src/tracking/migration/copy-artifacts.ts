import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AnyArtifactRepository } from "../../artifacts";
import { requireArtifacts } from "../tracking-uri";
import { type MigrationState, plainPath } from "./migration-state";
import { count } from "./tally";

/** Copies the artifacts below `from` that are not below `to` in the same size yet. */
export async function copyArtifacts(state: MigrationState, from: string, to: string): Promise<void> {
  // Two servers may call their own place alike.
  const { openAnyArtifacts, servedPlace } = requireArtifacts();
  let place = from;
  try {
    place = servedPlace(from, state.artifactsDestination);
    const isOnePlace = plainPath(place) === plainPath(to) && !/^mlflow-artifacts:/i.test(place);
    if (from === "" || isOnePlace) return;
    state.places.set(from, to);
    const source = openAnyArtifacts(place, { trackingUri: state.source.uri });
    const target = openAnyArtifacts(to, { trackingUri: state.target.uri });
    const wanted = await filesIn(source);
    const there = await filesIn(target);
    for (const [path, size] of wanted) if (there.get(path) !== size) await copyFile(source, target, path);
    const arrived = await filesIn(target);
    const whole = [...wanted].filter(([path, size]) => arrived.get(path) === size);
    count(state.tally, "artifacts", wanted.size, whole.length);
  } catch (error) {
    state.warn(`artifacts at ${place} were not copied: ${(error as Error).message}`);
    count(state.tally, "artifacts", 1, 0);
  }
}

/** The sizes of all files, by their paths. */
async function filesIn(artifacts: AnyArtifactRepository, folder?: string): Promise<Map<string, number>> {
  const files = new Map<string, number>();
  for (const { path, isDir, fileSize } of await artifacts.list(folder)) {
    if (!isDir) files.set(path, fileSize ?? -1);
    else for (const [inner, size] of await filesIn(artifacts, path)) files.set(inner, size);
  }
  return files;
}

/** By way of a file where both ends are elsewhere: it may be larger than memory. */
async function copyFile(source: AnyArtifactRepository, target: AnyArtifactRepository, path: string): Promise<void> {
  if (!source.isRemote) {
    await target.copyIn(join(plainPath(source.uri), path), path);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), "trackbook-migrate-"));
  try {
    await target.copyIn(await source.download(path, folder), path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

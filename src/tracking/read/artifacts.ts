import { type FileInfo, InvalidInputError, messages, validateOptions } from "../../core";
import { TrackingClient } from "../client";
import { activeOrInherited, lastRun, openImplicitRun } from "../run";

/** Whose artifacts. */
export interface ArtifactOptions {
  /** @default the active run, else the last one */
  runId?: string;
}

/** Where a path below the active run's artifacts is; without an active run one is opened. */
export function getArtifactUri(path = ""): string {
  const run = activeOrInherited() ?? openImplicitRun();
  if (!run) throw new InvalidInputError(messages.noRun("getArtifactUri"));
  return path === "" ? run.artifactUri : `${run.artifactUri}/${path}`;
}

/** What lies directly below a path of a run's artifacts. */
export async function listArtifacts(path = "", options: ArtifactOptions = {}): Promise<FileInfo[]> {
  validateOptions("listArtifacts", options, ["runId"]);
  return new TrackingClient().listArtifacts(runIdOf("listArtifacts", options), { path });
}

/** Copies a file or folder of a run's artifacts to `destination` (default: a new temporary folder) and answers the local path. */
export async function downloadArtifacts(
  path = "",
  destination?: string,
  options: ArtifactOptions = {},
): Promise<string> {
  validateOptions("downloadArtifacts", options, ["runId"]);
  return new TrackingClient().downloadArtifacts(runIdOf("downloadArtifacts", options), path, { dstPath: destination });
}

function runIdOf(verb: string, { runId }: ArtifactOptions): string {
  const id = runId ?? (activeOrInherited() ?? lastRun())?.id;
  if (id === undefined) throw new InvalidInputError(messages.noRun(verb));
  return id;
}

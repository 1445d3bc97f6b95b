import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { Context } from "hono";
import type { AnyArtifactRepository, RemoteArtifactRepository } from "../../../artifacts";
import { messages, TrackbookError, validateArtifactPath } from "../../../core";
import { RefusedRequest } from "../../refused-request";

/** Writes a request's body to an artifact as it comes in: whole, or not at all. @throws RefusedRequest when the client went away */
export async function receive({ req }: Context, artifacts: AnyArtifactRepository, path: string): Promise<void> {
  const body = req.raw.body as NodeReadableStream<Uint8Array> | null;
  const source = body === null ? Readable.from([]) : Readable.fromWeb(body);
  let hasBroken = false;
  source.once("error", () => {
    hasBroken = true;
  });
  try {
    await (artifacts.isRemote ? passOn(source, artifacts, path) : artifacts.receive(path, source));
  } catch (cause) {
    if (hasBroken && !(cause instanceof TrackbookError)) throw new RefusedRequest(messages.abortedBody(), { cause });
    throw cause;
  } finally {
    source.destroy();
  }
}

/** Storage behind a wire is sent what is whole. */
async function passOn(source: Readable, artifacts: RemoteArtifactRepository, path: string): Promise<void> {
  validateArtifactPath(path);
  const folder = await mkdtemp(join(tmpdir(), "trackbook-artifact-"));
  try {
    const file = join(folder, "whole");
    await pipeline(source, createWriteStream(file));
    await artifacts.copyIn(file, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

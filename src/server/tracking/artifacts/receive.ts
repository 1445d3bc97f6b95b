import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline as pipe, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { Context } from "hono";
import {
  type AnyArtifactRepository,
  checking,
  digestField,
  hashed,
  type RemoteArtifactRepository,
  sha256In,
} from "../../../artifacts";
import { InvalidInputError, messages, TrackbookError, validateArtifactPath } from "../../../core";
import { RefusedRequest } from "../../refused-request";

/**
 * Writes a request's body to an artifact as it comes in: whole, or not at all. Its Content-Digest is checked before anybody sees it, and
 * Want-Repr-Digest answered (RFC 9530). @throws RefusedRequest when the client went away, INVALID_PARAMETER_VALUE for another digest
 */
export async function receive(context: Context, artifacts: AnyArtifactRepository, path: string): Promise<void> {
  const { req } = context;
  const body = req.raw.body as NodeReadableStream<Uint8Array> | null;
  const source = body === null ? Readable.from([]) : Readable.fromWeb(body);
  let hasBroken = false;
  source.once("error", () => {
    hasBroken = true;
  });
  const digest = sha256In(req.header("content-digest"));
  const hash = /\bsha-256\b/.test(req.header("want-repr-digest") ?? "") ? createHash("sha256") : undefined;
  let bytes: Readable = hash ? hashed(source, hash) : source;
  if (digest !== undefined) bytes = verified(bytes, digest, path);
  try {
    await (artifacts.isRemote ? passOn(bytes, artifacts, path) : artifacts.receive(path, bytes));
    if (hash) context.header("repr-digest", digestField(hash));
  } catch (cause) {
    if (hasBroken && !(cause instanceof TrackbookError)) throw new RefusedRequest(messages.abortedBody(), { cause });
    throw cause;
  } finally {
    source.destroy();
  }
}

const verified = (bytes: Readable, digest: string, path: string): Readable =>
  pipe(
    bytes,
    checking(
      { algorithm: "sha256", digest, encoding: "base64" },
      () => new InvalidInputError(messages.digestDiffers(path)),
    ),
    () => undefined,
  );

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

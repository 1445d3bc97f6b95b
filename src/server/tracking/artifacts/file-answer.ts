import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { Readable } from "node:stream";
import {
  type AnyArtifactRepository,
  type ArtifactRepository,
  digestOf,
  type RemoteArtifactRepository,
} from "../../../artifacts";
import { InvalidInputError, messages, TrackbookError, validateArtifactPath } from "../../../core";
import { mediaTypeOf } from "./media-type";

/** A file up to this size is read before it is answered, so that its digest goes ahead of it. */
const READ_FIRST = 1024 * 1024;

/** Answers with a file, read as the client takes it; a small one with its Content-Digest (RFC 9530). Rejects with RESOURCE_DOES_NOT_EXIST, and INVALID_PARAMETER_VALUE for a folder. */
export async function fileAnswer(artifacts: AnyArtifactRepository, path: string): Promise<Response> {
  validateArtifactPath(path);
  const { bytes, size } = await (artifacts.isRemote ? openRemote(artifacts, path) : openLocal(artifacts, path));
  const name = basename(path);
  const whole = size !== undefined && size <= READ_FIRST ? await readAll(bytes) : undefined;
  const length = whole?.byteLength ?? size;
  return new Response(whole ?? (Readable.toWeb(bytes) as ReadableStream<Uint8Array>), {
    headers: {
      "content-type": mediaTypeOf(name),
      ...(length !== undefined && { "content-length": String(length) }),
      ...(whole && { "content-digest": digestOf(whole) }),
      "content-disposition": dispositionOf(name),
      "x-content-type-options": "nosniff",
    },
  });
}

function openLocal(artifacts: ArtifactRepository, path: string): Opened {
  const local = artifacts.download(path);
  const found = statSync(local);
  if (!found.isFile()) throw new InvalidInputError(messages.artifactIsFolder(path));
  return { bytes: createReadStream(local), size: found.size };
}

/** Straight from where it lies. */
async function openRemote(artifacts: RemoteArtifactRepository, path: string): Promise<Opened> {
  try {
    return await artifacts.open(path);
  } catch (cause) {
    const isMissing = cause instanceof TrackbookError && cause.code === "RESOURCE_DOES_NOT_EXIST";
    if (isMissing && (await artifacts.list(path)).length > 0)
      throw new InvalidInputError(messages.artifactIsFolder(path), { cause });
    throw cause;
  }
}

async function readAll(bytes: Readable): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}

interface Opened {
  readonly bytes: Readable;
  readonly size?: number;
}

/** A name that is no plain ASCII is given as RFC 6266 has it, beside what is left of it. */
function dispositionOf(name: string): string {
  const ascii = name.normalize("NFKD").replace(/[^\x20-\x7e]/g, "") || "download";
  const quoted = /^[\w!#$%&'*+.^`|~-]+$/.test(ascii) ? ascii : `"${ascii.replace(/["\\]/g, "\\$&")}"`;
  const encoded = encodeURIComponent(Buffer.from(name).toString()).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename=${quoted}${ascii === name ? "" : `; filename*=UTF-8''${encoded}`}`;
}

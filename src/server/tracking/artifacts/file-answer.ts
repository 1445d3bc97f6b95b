import { createReadStream, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import type { AnyArtifactRepository } from "../../../artifacts";
import { InvalidInputError, messages, validateArtifactPath } from "../../../core";
import { mediaTypeOf } from "./media-type";

/** Answers with a file, read as the client takes it. Rejects with RESOURCE_DOES_NOT_EXIST, and INVALID_PARAMETER_VALUE for a folder. */
export async function fileAnswer(artifacts: AnyArtifactRepository, path: string): Promise<Response> {
  validateArtifactPath(path);
  if (!artifacts.isRemote) return answerWith(artifacts.download(path), path);
  const folder = await mkdtemp(join(tmpdir(), "trackbook-artifact-"));
  const remove = () => void rm(folder, { recursive: true, force: true });
  try {
    return answerWith(await artifacts.download(path, folder), path, remove);
  } catch (cause) {
    remove();
    throw cause;
  }
}

function answerWith(local: string, path: string, done?: () => void): Response {
  const found = statSync(local);
  if (!found.isFile()) throw new InvalidInputError(messages.artifactIsFolder(path));
  const name = basename(path);
  const stream = createReadStream(local);
  if (done) stream.once("close", done);
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": mediaTypeOf(name),
      "content-length": String(found.size),
      "content-disposition": dispositionOf(name),
      "x-content-type-options": "nosniff",
    },
  });
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

import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { Readable } from "node:stream";
import type { ArtifactRepository } from "../../../artifacts";
import { InvalidInputError, messages } from "../../../core";
import { mediaTypeOf } from "./media-type";

/** Answers with a file, read as the client takes it. @throws RESOURCE_DOES_NOT_EXIST, and INVALID_PARAMETER_VALUE for a folder */
export function fileAnswer(artifacts: ArtifactRepository, path: string): Response {
  const local = artifacts.download(path);
  const found = statSync(local);
  if (!found.isFile()) throw new InvalidInputError(messages.artifactIsFolder(path));
  const name = basename(path);
  // An empty file is an answer without a stream.
  const body = found.size === 0 ? null : (Readable.toWeb(createReadStream(local)) as ReadableStream<Uint8Array>);
  return new Response(body, {
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

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { digestField, digestOf, hashed } from "../digests";
import type { Upload } from "../remote-artifacts";

/** A file up to this size is read before it is sent, so that its digest goes ahead of it. */
const READ_FIRST = 16 * 1024 * 1024;

/** An upload with what the server is told of its digest. */
export interface Outgoing {
  readonly size: number;
  readonly body: Uint8Array | (() => Readable);
  readonly headers: Readonly<Record<string, string>>;
  /** The digest of what was sent, where the server is asked for that of what it has kept. */
  readonly sent?: () => string;
}

/** Nothing is read twice: the digest goes ahead of what is in memory, and is compared with the server's answer for what is larger. */
export async function outgoing({ size, body, localFile }: Upload): Promise<Outgoing> {
  if (typeof body !== "function") return whole(body);
  if (localFile !== undefined && size <= READ_FIRST) return whole((await readFile(localFile)).subarray(0, size));
  let hash = createHash("sha256");
  return {
    size,
    body: () => {
      hash = createHash("sha256");
      // A file that grows while it is sent is sent as long as it was.
      return hashed(localFile === undefined ? body() : createReadStream(localFile, { end: size - 1 }), hash);
    },
    headers: { "want-repr-digest": "sha-256=1" },
    sent: () => digestField(hash),
  };
}

const whole = (bytes: Uint8Array): Outgoing => ({
  size: bytes.byteLength,
  body: bytes,
  headers: { "content-digest": digestOf(bytes) },
});

import { createHash, type Hash } from "node:crypto";
import { pipeline, type Readable, Transform } from "node:stream";

/** What Content-Digest and Repr-Digest (RFC 9530) say of these bytes. */
export const digestOf = (bytes: Uint8Array): string => digestField(createHash("sha256").update(bytes));

/** The same of what was hashed. */
export const digestField = (hash: Hash): string => `sha-256=:${hash.digest("base64")}:`;

/** The SHA-256 that such a header holds, in base64; `undefined` where it holds none. */
export const sha256In = (header: string | readonly string[] | undefined): string | undefined =>
  /(?:^|[,\s])sha-256=:([^:]*):/.exec(String(header ?? ""))?.[1];

/** What bytes should hash to. */
export interface Expected {
  readonly algorithm: "sha256" | "md5";
  readonly digest: string;
  readonly encoding: "base64" | "hex";
}

/** Passes bytes on, and fails at their end when they are not those that are expected. */
export function checking({ algorithm, digest, encoding }: Expected, failure: () => Error): Transform {
  const hash = createHash(algorithm);
  // The last bytes wait for the digest: whoever passes them on never has all of what is damaged.
  let held: Buffer | undefined;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, held);
      held = chunk;
    },
    flush(done) {
      if (hash.digest(encoding) === digest) done(null, held);
      else done(failure());
    },
  });
}

/** The same bytes, hashed as they pass. */
export function hashed(bytes: Readable, hash: Hash): Readable {
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return pipeline(bytes, through, () => undefined);
}

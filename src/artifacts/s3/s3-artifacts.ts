import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Transform } from "node:stream";
import { AwsV4Signer } from "aws4fetch";
import { type FileInfo, InvalidInputError, messages, StoreError } from "../../core";
import { type Attempt, type HttpAnswer, httpSettings, readBody, withRetries } from "../../core/http";
import type { RemoteArtifactRepository } from "../artifact-repository";
import { checking } from "../digests";
import { inParallel } from "../in-parallel";
import { remoteArtifacts, type Upload } from "../remote-artifacts";
import { transfer } from "../transfer";
import { entriesIn, keysIn, nextTokenIn, reasonIn } from "./s3-answers";
import { s3Settings } from "./s3-settings";

/** Where artifacts lie in S3, or in what speaks its language. */
export interface S3ArtifactsOptions {
  /** `s3://bucket/path` */
  readonly uri: string;
}

/** The digest of nothing. */
const EMPTY = createHash("sha256").digest("hex");

/**
 * Artifacts in a bucket of S3 or of a server that speaks its language. What is sent is checked by the server against its SHA-256, what comes
 * against the digest that the server tells.
 *
 * @example await s3Artifacts({ uri: "s3://bucket/1/abc/artifacts" }).write("notes.md", "hello");
 */
export function s3Artifacts({ uri }: S3ArtifactsOptions): RemoteArtifactRepository {
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/*(.*?)\/*$/i.exec(uri) ?? [];
  if (bucket === undefined || prefix === undefined) throw new InvalidInputError(messages.unsupportedArtifactUri(uri));
  const keyOf = (path: string): string => [prefix, path].filter((part) => part !== "").join("/");
  const ask = (method: string, key: string, query: Query = {}, upload?: Upload) =>
    askBucket(bucket, method, key, query, upload);
  return remoteArtifacts(uri, {
    put: async (path, upload) => {
      await readBody(await ask("PUT", keyOf(path), {}, upload));
    },
    get: async (path) => {
      const answer = await ask("GET", keyOf(path));
      if (answer.status !== 404) return { bytes: answer.body, check: checkOf(path, answer), size: sizeOf(answer) };
      await readBody(answer);
      throw new StoreError(messages.artifactNotFound(path, uri));
    },
    remove: async (path) => {
      const key = keyOf(path);
      const below: string[] = [];
      for await (const page of pagesOf(key)) below.push(...keysIn(page));
      await inParallel([key, ...below], async (one) => readBody(await ask("DELETE", one)));
    },
    list: async (path) => {
      const folder = keyOf(path);
      const found: FileInfo[] = [];
      for await (const page of pagesOf(folder, { delimiter: "/" })) found.push(...entriesIn(page, folder, path));
      return found;
    },
  });

  /** What the bucket answers of the keys below a folder, page by page. */
  async function* pagesOf(folder: string, query: Query = {}): AsyncIterable<string> {
    let token: string | undefined;
    do {
      const text = await readBody(
        await ask("GET", "", {
          "list-type": "2",
          "encoding-type": "url",
          prefix: folder === "" ? "" : `${folder}/`,
          ...query,
          ...(token !== undefined && { "continuation-token": token }),
        }),
      );
      const page = text.toString("utf8");
      yield page;
      token = nextTokenIn(page);
    } while (token !== undefined);
  }
}

const sizeOf = ({ headers }: HttpAnswer): number | undefined =>
  headers["content-length"] === undefined ? undefined : Number(headers["content-length"]);

type Query = Readonly<Record<string, string>>;

async function askBucket(
  bucket: string,
  method: string,
  key: string,
  query: Query,
  upload?: Upload,
): Promise<HttpAnswer> {
  const settings = httpSettings();
  const digest = upload ? await sha256(upload) : EMPTY;
  return withRetries(() => attempt(bucket, method, key, query, digest, settings.timeout, upload), settings);
}

async function attempt(
  bucket: string,
  method: string,
  key: string,
  query: Query,
  digest: string,
  timeout: number,
  upload?: Upload,
): Promise<Attempt<HttpAnswer>> {
  const { bucketUrl, ...identity } = s3Settings(bucket);
  const url = new URL(`${bucketUrl}/${key.split("/").map(encodeURIComponent).join("/")}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const signed = await new AwsV4Signer({
    ...identity,
    service: "s3",
    method,
    url: url.href,
    headers: {
      "x-amz-content-sha256": digest,
      ...(upload
        ? { "x-amz-checksum-sha256": Buffer.from(digest, "hex").toString("base64") }
        : { "x-amz-checksum-mode": "ENABLED" }),
    },
  }).sign();
  const headers = {
    ...Object.fromEntries((signed.headers as Headers).entries()),
    ...(upload && { "content-length": upload.size }),
  };
  const request = { method, url: signed.url, headers, body: upload?.body, timeout };
  const reading = { server: bucketUrl, mayBeMissing: key !== "", reasonIn };
  return transfer(`s3://${bucket}/${key}`, request, reading);
}

async function sha256({ body, localFile }: Upload): Promise<string> {
  const hash = createHash("sha256");
  if (typeof body !== "function") return hash.update(body).digest("hex");
  for await (const chunk of localFile === undefined ? body() : createReadStream(localFile))
    hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** What fails at the end of the bytes when they are not those that the server has kept; nothing where it does not tell. */
function checkOf(path: string, { headers }: HttpAnswer): Transform | undefined {
  const sha = headers["x-amz-checksum-sha256"];
  const tag = /^"([0-9a-f]{32})"$/.exec(headers.etag ?? "")?.[1];
  const isEncrypted = headers["x-amz-server-side-encryption"]?.toString().startsWith("aws:kms") === true;
  const failure = () => new StoreError(messages.artifactDamaged(path));
  if (typeof sha === "string" && !sha.includes("-"))
    return checking({ algorithm: "sha256", digest: sha, encoding: "base64" }, failure);
  if (tag === undefined || isEncrypted) return undefined;
  return checking({ algorithm: "md5", digest: tag, encoding: "hex" }, failure);
}

import { createReadStream, createWriteStream, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { pipeline as pipe, Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  errorCode,
  type FileInfo,
  InvalidInputError,
  messages,
  StoreError,
  temporaryName,
  validateArtifactPath,
} from "../core";
import { makeFolder } from "../core/disk";
import type { RemoteArtifactRepository } from "./artifact-repository";
import { inParallel } from "./in-parallel";
import { transferProgress } from "./progress";

/** What is to be sent: bytes, or a local file, which is read anew for each attempt. */
export interface Upload {
  readonly size: number;
  readonly body: Uint8Array | (() => Readable);
  /** The local file behind it. */
  readonly localFile?: string;
}

/** What comes: its bytes, what checks them when they have all passed, if the server says what they should be, and how many there are. */
export interface Incoming {
  readonly bytes: Readable;
  readonly check?: Transform;
  readonly size?: number;
}

/** What a kind of remote store can do with files, paths being relative to the artifact root. */
export interface RemoteFiles {
  put(path: string, upload: Upload): Promise<void>;
  /** Rejects with RESOURCE_DOES_NOT_EXIST. */
  get(path: string): Promise<Incoming>;
  remove(path: string): Promise<void>;
  list(path: string): Promise<FileInfo[]>;
}

/** Artifacts behind a wire, by what their store can do with files: checks of paths, whole folders, and local copies that appear whole or not at all. */
export function remoteArtifacts(uri: string, files: RemoteFiles): RemoteArtifactRepository {
  return {
    isRemote: true,
    uri,
    write: async (path, content) => {
      validateArtifactPath(path);
      const body = typeof content === "string" ? Buffer.from(content, "utf8") : content;
      await files.put(path, { size: body.byteLength, body });
    },
    copyIn: async (localFile, path) => {
      validateArtifactPath(path);
      const found = statSync(localFile, { throwIfNoEntry: false });
      if (!found?.isFile()) throw new InvalidInputError(messages.noLocalFile(localFile));
      // A file that grows meanwhile is sent as long as it was.
      const body = () => (found.size === 0 ? Readable.from([]) : createReadStream(localFile, { end: found.size - 1 }));
      await files.put(path, { size: found.size, body, localFile });
    },
    remove: async (path) => {
      validateArtifactPath(path);
      await files.remove(path);
    },
    list: async (path = "") => {
      validateArtifactPath(path, true);
      return (await files.list(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    read: async (path) => {
      validateArtifactPath(path);
      return readAll(checked(await files.get(path)), path);
    },
    open: async (path) => {
      validateArtifactPath(path);
      const incoming = await files.get(path);
      return { bytes: checked(incoming), size: incoming.size };
    },
    download: (path, destination) => download(files, path, destination),
  };
}

/** The bytes, ending with an error when they break off or are not those that the server has kept. */
const checked = ({ bytes, check }: Incoming): Readable => (check ? pipe(bytes, check, () => undefined) : bytes);

async function readAll(bytes: Readable, path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of bytes) chunks.push(chunk as Buffer);
  } catch (cause) {
    throw cause instanceof StoreError ? cause : new StoreError(messages.artifactBrokeOff(path), { cause });
  }
  return Buffer.concat(chunks);
}

/** Like MLflow: without a destination into a new temporary folder, the path kept below it. */
async function download(files: RemoteFiles, path: string, destination?: string): Promise<string> {
  validateArtifactPath(path, true);
  const root = destination === undefined ? mkdtempSync(join(tmpdir(), "trackbook-")) : resolve(destination);
  const found = await filesBelow(files, path);
  const progress = transferProgress("Downloading artifacts", found.length);
  await inParallel(found.length > 0 ? found : [path], async (file) => {
    await fetchFile(files, file, join(root, file));
    progress();
  });
  return join(root, path);
}

async function filesBelow(files: RemoteFiles, path: string): Promise<string[]> {
  const entries = await files.list(path);
  const found = await inParallel(entries, async (entry) =>
    entry.isDir ? filesBelow(files, entry.path) : [entry.path],
  );
  return found.flat();
}

const BROKEN_CONNECTION: ReadonlySet<unknown> = new Set(["ECONNRESET", "ETIMEDOUT", "ERR_STREAM_PREMATURE_CLOSE"]);

async function fetchFile(files: RemoteFiles, path: string, target: string): Promise<void> {
  validateArtifactPath(path);
  const incoming = await files.get(path);
  makeFolder(dirname(target));
  const temporary = join(dirname(target), `${basename(target)}.${temporaryName()}`);
  try {
    await pipeline(checked(incoming), createWriteStream(temporary));
    renameSync(temporary, target);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw BROKEN_CONNECTION.has(errorCode(cause)) ? new StoreError(messages.artifactBrokeOff(path), { cause }) : cause;
  }
}

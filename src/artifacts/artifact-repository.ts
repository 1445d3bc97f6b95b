import type { Readable } from "node:stream";
import type { FileInfo } from "../core";

/** A file to write. */
export interface ArtifactFile {
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

/** Where the artifacts of one run or model lie, and how to reach them. Paths are relative to that root, with `/`, validated by the caller. */
export interface ArtifactRepository {
  /** @default false: it answers at once */
  readonly isRemote?: false;
  /** Absolute URI or path of the root. */
  readonly uri: string;
  /** Writes one file, whole or not at all. */
  write(path: string, bytes: Uint8Array | string): void;
  /** Writes one file from a stream as it comes, whole or not at all: it may be larger than memory. Rejects with the stream's error. */
  receive(path: string, source: Readable): Promise<void>;
  /** Writes several files in their order, each as {@link write} does; what they have in common is done once. Where absent they are written one by one. */
  writeAll?(files: readonly ArtifactFile[]): void;
  /** Copies a local file in. */
  copyIn(localFile: string, path: string): void;
  /** Removes one file, or a folder with all that is in it; nothing when there is none. */
  remove(path: string): void;
  /** The entries directly below `path`, sorted by path; none when there is no such folder. */
  list(path?: string): FileInfo[];
  /** @throws RESOURCE_DOES_NOT_EXIST */
  read(path: string): Uint8Array;
  /**
   * Runs `act` while nobody else runs one on these artifacts: so that what reads a file and writes it anew loses nothing of another
   * process's.
   */
  exclusively(act: () => void): void;
  /** Makes a folder one's own and returns what gives it free; `undefined` when another process has it. */
  claim(path: string): (() => void) | undefined;
  /** Copies a file or a folder to `destination` and returns the local path. */
  download(path: string, destination?: string): string;
}

/** The same behind a wire. Locks are not to be had there. */
export interface RemoteArtifactRepository {
  readonly isRemote: true;
  readonly uri: string;
  write(path: string, bytes: Uint8Array | string): Promise<void>;
  /** Sends a local file, of any size. */
  copyIn(localFile: string, path: string): Promise<void>;
  remove(path: string): Promise<void>;
  list(path?: string): Promise<FileInfo[]>;
  /** Rejects with RESOURCE_DOES_NOT_EXIST. */
  read(path: string): Promise<Uint8Array>;
  /** The bytes of a file as they come, and how many there are, where that is told. Rejects with RESOURCE_DOES_NOT_EXIST. */
  open(path: string): Promise<{ readonly bytes: Readable; readonly size?: number }>;
  /** Fetches a file or a folder below `destination` (default: a new temporary folder), several files at a time; the local path. */
  download(path: string, destination?: string): Promise<string>;
}

/** Artifacts of either kind: to `await` what they answer is right for both. */
export type AnyArtifactRepository = ArtifactRepository | RemoteArtifactRepository;

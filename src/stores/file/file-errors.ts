import { errorCode, InvalidInputError, messages, StoreError, TrackbookError } from "../../core";

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; what was stored before is whole.",
  EDQUOT: "the disk quota is used up; what was stored before is whole.",
  EACCES: "check the permissions of the folder.",
  EPERM: "check the permissions of the folder.",
  EROFS: "the file system is read-only; setTrackingUri() chooses another place.",
  EMFILE: "too many files are open in this process.",
};

/** The same object with every method turning what the file system throws into a {@link StoreError} that keeps it as `cause`. */
export function withStoreErrors<T extends object>(store: T): T {
  const guarded = Object.entries(store).map(([name, member]) => {
    if (typeof member !== "function") return [name, member];
    const method = (...args: readonly unknown[]): unknown => {
      try {
        return member(...args);
      } catch (error) {
        throw toStoreError(name, error);
      }
    };
    return [name, method];
  });
  return Object.fromEntries(guarded) as T;
}

function toStoreError(method: string, error: unknown): unknown {
  const code = errorCode(error);
  if (error instanceof TrackbookError || code === "") return error;
  if (code === "ENAMETOOLONG")
    return new InvalidInputError(messages.keyTooLongForDisk("entity", method), { cause: error });
  return new StoreError(messages.storeFailed(`${method} failed: ${(error as Error).message}.`, HINTS[code]), {
    cause: error,
  });
}

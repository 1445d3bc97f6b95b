import { StoreError, warnOnce } from "../../core";

/** What `read` answers; `undefined` with one warning when it finds something corrupt, so that a listing goes on without it. */
export function skipCorrupt<T>(what: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isCorruption(error)) throw error;
    warnLeftOut(what, error);
    return undefined;
  }
}

/** True for the error of a file that cannot be taken for what it should be. */
export const isCorruption = (error: unknown): error is StoreError =>
  error instanceof StoreError && error.code === "DATA_LOSS";

/** Says, once for each corrupt file, that a listing goes on without what it belongs to. */
export function warnLeftOut(what: string, corruption: StoreError): void {
  warnOnce(`corrupt:${String(corruption.received)}`, `${what} is left out: ${corruption.message}`);
}

import { StoreError, warnOnce } from "../../core";

/** What `read` answers; `undefined` with one warning when it finds something corrupt, so that a listing goes on without it. */
export function skipCorrupt<T>(what: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "DATA_LOSS") throw error;
    warnOnce(`corrupt:${String(error.received)}`, `${what} is left out: ${error.message}`);
    return undefined;
  }
}

import { inspect } from "node:util";

/** What the server's log says of a fault of ours or of the store. */
export const faultText = (cause: unknown): string =>
  `trackbook: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`;

/** Ends an answer that is under way already: what sends it prints the error and closes the connection. */
export class BrokenAnswer extends Error {
  override readonly name = "BrokenAnswer";

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }

  [inspect.custom](): string {
    return faultText(this.cause);
  }
}

import { globalSlot } from "./global-state";

const given = globalSlot("warnings", () => new Set<string>());

/** Says `message` on stderr, once for each `cause` in a process. Training and logging never fail over a warning. */
export function warnOnce(cause: string, message: string): void {
  if (given.has(cause)) return;
  given.add(cause);
  process.stderr.write(`trackbook: ${message}\n`);
}

/** True under `TRACKBOOK_TESTING=1`, where a fault of ours throws in place of a warning. */
export const isTesting = (): boolean => process.env.TRACKBOOK_TESTING === "1";

import { matches } from "./wildcard";

const CHANGING = new Set(["POST", "PUT", "DELETE", "PATCH"]);
const LOCAL_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a request may come from a page of that origin: any that changes nothing, and those of this machine, of the server itself and of a list. */
export function mayCross(
  method: string,
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || !CHANGING.has(method)) return true;
  const from = URL.canParse(origin) ? new URL(origin) : undefined;
  if (from && (LOCAL_NAMES.has(from.hostname) || from.host === host)) return true;
  return allowed.some((pattern) => matches(pattern, origin));
}

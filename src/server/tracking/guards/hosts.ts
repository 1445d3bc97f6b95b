import { matches } from "./wildcard";

const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::\d+)?$/i;
/** RFC 1918 and RFC 4193. */
const PRIVATE_HOST =
  /^(?:(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+|\[?f[cd][0-9a-f]{2}:[0-9a-f:]+\]?)(?::\d+)?$/i;

/** Whether a Host header names a machine that this server may be called by. Others are what a web page makes of a name that it has rebound. */
export function isAllowedHost(host: string | undefined, allowed: readonly string[] | undefined): boolean {
  if (host === undefined || host === "") return false;
  if (allowed !== undefined) return allowed.some((pattern) => matches(pattern, host));
  return LOCAL_HOST.test(host) || PRIVATE_HOST.test(host);
}

/** What load balancers ask, by whatever name they know the machine. */
export const isHealthPath = (path: string, prefix: string): boolean =>
  path === `${prefix}/health` || path === `${prefix}/version`;

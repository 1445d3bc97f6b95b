import type { IncomingHttpHeaders } from "node:http";
import { isAllowedHost, isHealthPath } from "./hosts";
import { mayCross } from "./origins";

/** Whom the server answers. */
export interface GuardOptions {
  /** Values of the Host header, `*` for any letters. @default this machine, and private addresses */
  readonly allowedHosts?: readonly string[];
  /** Origins of web pages that may change something, `*` for any letters. @default this machine's */
  readonly allowedOrigins?: readonly string[];
  /** Of the header X-Frame-Options; `NONE` leaves it out. @default "SAMEORIGIN" */
  readonly frameOptions?: string;
  /** No check at all. @default false */
  readonly isDisabled?: boolean;
  /** What stands before every path. @default "" */
  readonly prefix?: string;
}

/** Why a request is refused before anything of it is looked at. */
export interface Refusal {
  readonly status: 400 | 403;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is checked of every request, and the headers of every answer. */
export interface Guard {
  /** @param path as it came, not normalised */
  check(method: string, path: string, headers: IncomingHttpHeaders): Refusal | undefined;
  /** The headers by which a page of another origin is allowed to read the answer. */
  crossOriginHeaders(origin: string | undefined): Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

const INVALID_HOST: Refusal = {
  status: 403,
  text: "Invalid Host header - possible DNS rebinding attack detected",
};
const CROSS_ORIGIN: Refusal = { status: 403, text: "Cross-origin request blocked" };

/** MLflow's security middleware (mlflow/server/security.py): its checks, its words. */
export function createGuard(options: GuardOptions = {}): Guard {
  const { allowedHosts, allowedOrigins = [], frameOptions = "SAMEORIGIN", isDisabled = false, prefix = "" } = options;
  if (isDisabled) return { check: () => undefined, crossOriginHeaders: () => ({}), headers: {} };
  return {
    check(method, path, headers) {
      if (!isHealthPath(path, prefix) && !isAllowedHost(headers.host, allowedHosts)) return INVALID_HOST;
      return mayCross(method, headers.origin, headers.host, allowedOrigins) ? undefined : CROSS_ORIGIN;
    },
    crossOriginHeaders: (origin): Readonly<Record<string, string>> =>
      origin !== undefined && mayCross("POST", origin, undefined, allowedOrigins)
        ? {
            "access-control-allow-origin": origin,
            "access-control-allow-methods": "GET, POST, PUT, DELETE, OPTIONS, PATCH",
            "access-control-allow-headers": "content-type, authorization",
            vary: "Origin",
          }
        : {},
    headers: {
      "x-content-type-options": "nosniff",
      ...(frameOptions.toUpperCase() !== "NONE" && { "x-frame-options": frameOptions.toUpperCase() }),
    },
  };
}

import { ERROR_CODES, type ErrorCode, InvalidInputError, messages, StoreError, TrackbookError } from "../../core";
import {
  type Attempt,
  attempt,
  EXTENDED_FILTERS,
  httpSettings,
  noteCredentials,
  readBody,
  retryAfter,
  trackingAuthorization,
  TRANSIENT_STATUSES,
  withoutCredentials,
  withRetries,
} from "../../core/http";

type Method = "GET" | "POST" | "PATCH" | "DELETE";
/** What a request says: the query of a GET, else the body; `undefined` is left out. */
type Payload = Readonly<Record<string, unknown>>;

/** How a call may differ from the others. */
export interface CallOptions<T> {
  /** Asked before a failed attempt is made again, where doing it twice would do harm: what it finds is the answer. */
  readonly beforeRetry?: () => Promise<T | undefined>;
}

/** The API of a tracking server. */
export interface Connection {
  /** The server's URI, without credentials. */
  readonly uri: string;
  /**
   * Asks for a path below `/api/2.0/mlflow/`. Rejects with the server's error as one of ours, and with TEMPORARILY_UNAVAILABLE when it cannot
   * be reached.
   */
  call<T>(method: Method, path: string, payload?: Payload | string, options?: CallOptions<T>): Promise<T>;
}

/** Opens nothing yet: the first call connects. */
export function connect(place: string): Connection {
  const base = new URL(place.endsWith("/") ? place : `${place}/`);
  noteCredentials(base);
  const uri = withoutCredentials(place.replace(/\/+$/, ""));
  return {
    uri,
    call: <T>(method: Method, path: string, payload: Payload | string = {}, { beforeRetry }: CallOptions<T> = {}) => {
      const settings = httpSettings();
      return withRetries<T>(() => ask(uri, base, method, path, payload, settings.timeout), settings, beforeRetry);
    },
  };
}

async function ask<T>(
  uri: string,
  base: URL,
  method: Method,
  path: string,
  payload: Payload | string,
  timeout: number,
): Promise<Attempt<T>> {
  const url = new URL(`api/2.0/mlflow/${path}`, base);
  const isRead = method === "GET";
  if (isRead) for (const [key, value] of queryOf(payload as Payload)) url.searchParams.append(key, value);
  const body = isRead ? undefined : typeof payload === "string" ? payload : JSON.stringify(payload);
  const authorization = trackingAuthorization(base);
  const headers = {
    accept: "application/json",
    "user-agent": "trackbook",
    [EXTENDED_FILTERS]: "extended",
    ...(authorization !== undefined && { authorization }),
    ...(body !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
  };
  return attempt(uri, { method, url, headers, body, timeout }, async (answer) => {
    const { status } = answer;
    const text = (await readBody(answer)).toString("utf8");
    if (status >= 200 && status < 300) return { value: parseAnswer<T>(uri, text) };
    const { failure, mayPass } = failureOf(uri, status, text);
    if (mayPass) return { failure, retryAfter: retryAfter(answer) };
    throw failure;
  });
}

/** Repeated keys for lists, as MLflow's server reads them. */
function queryOf(payload: Payload): [string, string][] {
  return Object.entries(payload).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [value]).map((item): [string, string] => [key, String(item)]);
  });
}

function parseAnswer<T>(uri: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new StoreError(messages.notAnMlflowServer(uri, "its answer is no JSON"), { cause });
  }
}

interface ServerError {
  readonly error_code?: unknown;
  readonly message?: unknown;
}

function failureOf(uri: string, status: number, text: string): { failure: TrackbookError; mayPass: boolean } {
  const { error_code: code, message } = readError(text);
  const mayPass = TRANSIENT_STATUSES.includes(status);
  if (typeof code !== "string") {
    const failure = new StoreError(
      status === 401 || status === 403
        ? messages.serverRefuses(uri, status, "no credentials, or wrong ones")
        : mayPass
          ? messages.serverUnreachable(uri, `it answers ${status}`)
          : messages.notAnMlflowServer(uri, `it answers ${status}`),
    );
    return { failure, mayPass };
  }
  // What follows the first line is the database's.
  const what = (typeof message === "string" && message.split("\n")[0]) || `The server answers ${code}.`;
  if (status === 401 || status === 403)
    return { failure: new StoreError(messages.serverRefuses(uri, status, what)), mayPass: false };
  const known: ErrorCode = code in ERROR_CODES ? (code as ErrorCode) : codeOf(status);
  const problem = messages.serverSays(known, what);
  const isTheirs = known === "INVALID_PARAMETER_VALUE" || known === "BAD_REQUEST";
  const failure = isTheirs ? new InvalidInputError(problem) : new StoreError(problem);
  // What the server has found out about its state it will find again.
  return { failure, mayPass: mayPass && known !== "INVALID_STATE" && known !== "DATA_LOSS" };
}

function codeOf(status: number): ErrorCode {
  if (status === 404) return "RESOURCE_DOES_NOT_EXIST";
  if (status === 429 || status >= 502) return "TEMPORARILY_UNAVAILABLE";
  return status >= 500 ? "INTERNAL_ERROR" : "BAD_REQUEST";
}

function readError(text: string): ServerError {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/** Whether an error says that there is no such thing. */
export const isMissing = (error: unknown): boolean =>
  error instanceof TrackbookError && error.code === "RESOURCE_DOES_NOT_EXIST";

import type { ErrorCode, Problem } from "../errors";

/** What is said of servers, and of what waits to be sent to one. */
export const remoteMessages = {
  /** The server's own words. */
  serverSays: (code: ErrorCode, what: string): Problem => ({
    code,
    what: /[.!?]$/.test(what) ? what : `${what}.`,
    hint: "these are the tracking server's words; its log may say more.",
  }),
  serverUnreachable: (uri: string, reason: string): Problem => ({
    code: "TEMPORARILY_UNAVAILABLE",
    what: `The tracking server at ${uri} cannot be asked: ${reason}.`,
    hint: 'is it running, and reachable from here? The command trackbook doctor looks; setTrackingUri("./mlruns") does without a server.',
  }),
  serverRefuses: (uri: string, status: number, reason: string): Problem => ({
    code: status === 401 ? "UNAUTHENTICATED" : "PERMISSION_DENIED",
    what: `The tracking server at ${uri} refuses the request with ${status}: ${reason}.`,
    hint: "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, MLFLOW_TRACKING_TOKEN or ~/.mlflow/credentials say who is asking.",
  }),
  notAnMlflowServer: (uri: string, reason: string): Problem => ({
    code: "INVALID_STATE",
    what: `What answers at ${uri} is no tracking server of MLflow: ${reason}.`,
    received: uri,
    accepted: "the address of a server that mlflow server has started",
    hint: "look at the address, and whether the server has a prefix that belongs to it.",
  }),
};

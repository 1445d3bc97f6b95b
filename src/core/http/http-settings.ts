/** How requests to a server of MLflow are made: what its environment variables say, read anew for each request. */
export interface HttpSettings {
  /** How often a request that failed is made again. */
  readonly retries: number;
  /** False where nobody has said how often: then a server that refuses connections is not waited for long. */
  readonly areRetriesChosen: boolean;
  /** The n-th wait is `backoff * 2 ** n` seconds … */
  readonly backoff: number;
  /** … and up to so many seconds more. */
  readonly jitter: number;
  /** So many milliseconds without a word from the server are a failure. */
  readonly timeout: number;
}

const MLFLOW_RETRIES = 7;
const MLFLOW_BACKOFF = 2;
const MLFLOW_JITTER = 1;
const MLFLOW_TIMEOUT = 120;

export function httpSettings(env: NodeJS.ProcessEnv = process.env): HttpSettings {
  const retries = numberIn(env.MLFLOW_HTTP_REQUEST_MAX_RETRIES);
  return {
    retries: retries ?? MLFLOW_RETRIES,
    areRetriesChosen: retries !== undefined,
    backoff: numberIn(env.MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR) ?? MLFLOW_BACKOFF,
    jitter: numberIn(env.MLFLOW_HTTP_REQUEST_BACKOFF_JITTER) ?? MLFLOW_JITTER,
    timeout: 1000 * (numberIn(env.MLFLOW_HTTP_REQUEST_TIMEOUT) ?? MLFLOW_TIMEOUT),
  };
}

/** `undefined` for what is no number ≥ 0. */
function numberIn(text: string | undefined): number | undefined {
  const value = text?.trim() ? Number(text) : Number.NaN;
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The header of a client that knows that filters of a server of ours may hold OR, NOT and parentheses; MLflow's have none. */
export const EXTENDED_FILTERS = "x-trackbook-filter";

import type { HttpSettings } from "./http-settings";

/** Answers after which the same request is worth another try (MLflow: rest_utils.py). */
export const TRANSIENT_STATUSES: readonly number[] = [408, 429, 500, 502, 503, 504];

/** A server that is not there is asked so often when MLFLOW_HTTP_REQUEST_MAX_RETRIES says nothing … */
const REFUSED_RETRIES = 2;
/** … with waits of so many milliseconds. */
const REFUSED_DELAY = 200;
const LONGEST_DELAY = 120_000;

/** Why an attempt failed, where another may succeed. */
export interface Attempt<T> {
  readonly value?: T;
  /** Set for a failure that may pass. */
  readonly failure?: unknown;
  /** No connection came about: the server has seen nothing. */
  readonly isRefused?: boolean;
  /** What the server asks for, in milliseconds. */
  readonly retryAfter?: number;
}

/**
 * Makes attempts until one succeeds, with MLflow's waits between them; rejects with the last failure. What `attempt` throws is final.
 * `beforeRetry` may find that an earlier attempt has had its effect: what it answers is the value then.
 */
export async function withRetries<T>(
  attempt: () => Promise<Attempt<T>>,
  settings: HttpSettings,
  beforeRetry: () => Promise<T | undefined> = async () => undefined,
): Promise<T> {
  for (let failed = 0; ; failed++) {
    if (failed > 0) {
      const found = await beforeRetry();
      if (found !== undefined) return found;
    }
    const outcome = await attempt();
    if (outcome.failure === undefined) return outcome.value as T;
    const isShort = outcome.isRefused === true && !settings.areRetriesChosen;
    const allowed = isShort ? Math.min(settings.retries, REFUSED_RETRIES) : settings.retries;
    if (failed >= allowed) throw outcome.failure;
    await wait(outcome.retryAfter ?? (isShort ? REFUSED_DELAY : delayAfter(failed + 1, settings)));
  }
}

/** As urllib3 has it: none after the first failure. */
function delayAfter(failures: number, { backoff, jitter }: HttpSettings): number {
  if (failures <= 1) return 0;
  return Math.min(LONGEST_DELAY, 1000 * (backoff * 2 ** (failures - 1) + Math.random() * jitter));
}

/** Errors of sockets that say that no connection came about. */
export const isRefusal = (error: unknown): boolean =>
  ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"].includes(
    (error as { code?: string }).code ?? "",
  );

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

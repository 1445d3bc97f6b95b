import { StoreError, TrackbookError } from "../errors";
import { messages } from "../lazy-messages";
import { type Attempt, isRefusal } from "./retry";
import { type HttpAnswer, type HttpRequest, send } from "./send";

/** The longest that a server is let ask for, in seconds. */
const LONGEST_REQUESTED = 120;

/**
 * Sends a request once and reads the answer. A connection that fails may hold the next time; what `read` throws as an error of ours is final.
 *
 * @param place what people are told could not be reached
 */
export async function attempt<T>(
  place: string,
  request: HttpRequest,
  read: (answer: HttpAnswer) => Promise<Attempt<T>>,
): Promise<Attempt<T>> {
  try {
    return await read(await send(request));
  } catch (cause) {
    if (cause instanceof TrackbookError) throw cause;
    const reason = (cause as Error).message || (cause as { code?: string }).code || String(cause);
    return {
      failure: new StoreError(messages.serverUnreachable(place, reason), { cause }),
      isRefused: isRefusal(cause),
    };
  }
}

/** The milliseconds after which an answer wants to be asked again. */
export function retryAfter({ headers }: HttpAnswer): number | undefined {
  const header = headers["retry-after"];
  const seconds = header === undefined ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, LONGEST_REQUESTED) * 1000 : undefined;
}

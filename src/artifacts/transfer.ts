import { messages, StoreError } from "../core";
import {
  type Attempt,
  attempt,
  type HttpAnswer,
  type HttpRequest,
  readBody,
  retryAfter,
  TRANSIENT_STATUSES,
} from "../core/http";

/** How the answers of a kind of store are understood. */
export interface TransferReading {
  /** What people are told of. @default the place */
  readonly server?: string;
  /** An answer of 404 to a GET is the caller's to understand. */
  readonly mayBeMissing: boolean;
  /** What an answer says of its failure. */
  readonly reasonIn: (text: string) => string;
}

/** Sends or fetches a file once: the answer, of a status that says that the store has done what it could, or why there is none. */
export function transfer(
  place: string,
  request: HttpRequest,
  { server = place, mayBeMissing, reasonIn }: TransferReading,
): Promise<Attempt<HttpAnswer>> {
  const { method } = request;
  return attempt(server, request, async (answer) => {
    const { status } = answer;
    if (status < 300 || (status === 404 && method === "GET" && mayBeMissing)) return { value: answer };
    const text = (await readBody(answer)).toString("utf8");
    const failure = new StoreError(
      status === 401 || status === 403
        ? messages.serverRefuses(place, status, "no credentials, or wrong ones")
        : messages.transferFailed(method, place, status, reasonIn(text), /"error_code"\s*:/.test(text)),
    );
    if (TRANSIENT_STATUSES.includes(status)) return { failure, retryAfter: retryAfter(answer) };
    throw failure;
  });
}

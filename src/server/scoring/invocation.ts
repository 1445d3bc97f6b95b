import { messages, TrackbookError } from "../../core";
import { answerText } from "./answer";
import { requestOfCsv, requestOfJson, type ServedRequest } from "./input";
import { RefusedRequest } from "../refused-request";
import { readJson, textOf } from "./request";
import type { ServedModel } from "./served-model";

/** Answers the body of one request with the text of the model's predictions. */
export type Invoke = (kind: "json" | "csv", body: Buffer) => Promise<string>;

/** How a model is invoked: what its signature means for every request is worked out once. */
export function createInvoke(model: ServedModel): Invoke {
  const { signature } = model;
  const needsIntegers = hasLongIntegers(model);
  const read = (kind: "json" | "csv", text: string): ServedRequest =>
    kind === "csv" ? requestOfCsv(signature, text) : requestOfJson(signature, readJson(text, needsIntegers));
  return async (kind, body) => {
    const { input, params, isBare } = read(kind, textOf(body));
    return answerText(await predict(model, input, params), isBare);
  };
}

/** True where a number of JSON may not hold what the model takes. */
function hasLongIntegers({ signature }: ServedModel): boolean {
  const { inputs, params = [] } = signature ?? {};
  const types =
    inputs?.kind === "tensors"
      ? inputs.tensors.map(({ dtype }): string => dtype)
      : (inputs?.columns ?? []).map(({ type }): string => type.type);
  return [...types, ...params.map(({ type }) => type.type)].some((type) => ["long", "int64", "uint64"].includes(type));
}

async function predict(
  model: ServedModel,
  input: ServedRequest["input"],
  params: ServedRequest["params"],
): Promise<unknown> {
  try {
    return await model.predict(input, params);
  } catch (cause) {
    throw refusalOf(cause);
  }
}

/** Our own enforcement of the signature says what does not fit; anything else is the model's exception. */
function refusalOf(cause: unknown): RefusedRequest {
  if (cause instanceof RefusedRequest) return cause;
  if (cause instanceof TrackbookError && cause.code === "INVALID_PARAMETER_VALUE") {
    const { code, received, accepted, hint } = cause;
    const what = cause.message.replace(/ (?:Received|Accepted|Hint): .*| \[[A-Z_]+\]$/s, "");
    return new RefusedRequest({ code, what, received, accepted, hint }, { cause, isSchema: true });
  }
  const error = cause instanceof Error ? cause : new Error(String(cause));
  return new RefusedRequest(messages.modelFailed(error.message), { cause, stack: error.stack ?? error.message });
}

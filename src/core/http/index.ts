export { attempt, retryAfter } from "./attempt";
export { trackingAuthorization, withoutCredentials } from "./credentials";
export { EXTENDED_FILTERS, type HttpSettings, httpSettings } from "./http-settings";
export { type Attempt, TRANSIENT_STATUSES, withRetries } from "./retry";
export { type HttpAnswer, type HttpRequest, readBody, send } from "./send";

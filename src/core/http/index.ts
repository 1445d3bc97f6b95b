export { trackingAuthorization, withoutCredentials } from "./credentials";
export { type HttpSettings, httpSettings } from "./http-settings";
export { type Attempt, isRefusal, TRANSIENT_STATUSES, withRetries } from "./retry";
export { type HttpAnswer, type HttpRequest, readBody, send } from "./send";

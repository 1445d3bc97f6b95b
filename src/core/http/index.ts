export { withoutCredentials } from "../places";
export { attempt, retryAfter } from "./attempt";
export { artifactAuthorization, noteCredentials, trackingAuthorization } from "./credentials";
export { EXTENDED_FILTERS, type HttpSettings, httpSettings } from "./http-settings";
export { type Attempt, TRANSIENT_STATUSES, withRetries } from "./retry";
export { type HttpAnswer, type HttpRequest, readBody, send } from "./send";

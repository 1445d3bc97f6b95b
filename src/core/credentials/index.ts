export { hidePassword, knownCredentials, withPassword } from "./known-credentials";

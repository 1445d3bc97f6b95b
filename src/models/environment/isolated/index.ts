export { isolatedEnvironment, type IsolatedEnvironmentOptions } from "./isolated-environment";

export { type ProxyArtifactsOptions, proxyArtifacts } from "./proxy-artifacts";

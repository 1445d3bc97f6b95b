import { serveTracking } from "../../server/tracking";
import { getTrackingUri, setTrackingUri, shortPlace } from "../../tracking";
import type { Command } from "../command";
import { readVersion } from "../version";
import { IDLE_OPTIONS, idleFlags, SERVER_OPTIONS, type ServerOptions, switchedOn } from "./options";

/** `trackbook server` */
export const server: Command<ServerOptions> = {
  options: [...SERVER_OPTIONS, ...IDLE_OPTIONS],
  atMostOneOf: ["trackingUri", "backendStoreUri"],
  hidesVariables: true,
  notes:
    "Also: --registry-store-uri, --no-serve-artifacts, --artifacts-only, --artifact-folder, --static-prefix, --stop-timeout, --cors-allowed-origins, --x-frame-options, --disable-security-middleware; or MLflow's variables.",
  examples: ["server", "ui -p 5001"],
  async run({ backendStoreUri, registryStoreUri, quiet, trackingUri, ...options }, session) {
    if (backendStoreUri !== undefined && trackingUri === undefined) setTrackingUri(backendStoreUri);
    const storeUri = getTrackingUri();
    const { staticPrefix = "" } = options;
    return serveTracking({
      ...options,
      storeUri,
      registryUri: registryStoreUri,
      artifactRoot: options.defaultArtifactRoot,
      servesArtifacts: switchedOn(options.serveArtifacts, "MLFLOW_SERVE_ARTIFACTS", true),
      isArtifactsOnly: switchedOn(options.artifactsOnly, "MLFLOW_ARTIFACTS_ONLY", false),
      artifactFolders: options.artifactFolder,
      prefix: staticPrefix,
      allowedOrigins: options.corsAllowedOrigins,
      frameOptions: options.xFrameOptions,
      isDisabled: switchedOn(options.disableSecurityMiddleware, "MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE", false),
      version: readVersion(),
      ready: (url) => {
        for (const line of idleFlags({ ...options })) session.say(line);
        session.print(
          quiet ? `${url}${staticPrefix}` : `${shortPlace(storeUri)} is served on ${url}${staticPrefix} · Ctrl-C stops`,
        );
      },
    });
  },
};

import { InvalidInputError, messages } from "../../core";
import type { CommandOption } from "../command";
import { readPort, readWorkers } from "../options";

/** What `trackbook server` takes. */
export interface ServerOptions {
  readonly backendStoreUri?: string;
  readonly registryStoreUri?: string;
  readonly defaultArtifactRoot?: string;
  readonly serveArtifacts?: boolean;
  readonly artifactsOnly?: boolean;
  readonly artifactsDestination?: string;
  readonly artifactFolder?: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly workers: number;
  readonly staticPrefix?: string;
  readonly allowedHosts?: readonly string[];
  readonly corsAllowedOrigins?: readonly string[];
  readonly disableSecurityMiddleware?: boolean;
  readonly xFrameOptions: string;
}

const readList = (given: string): readonly string[] =>
  given
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** MLflow's flags, and the variables that stand for them. */
export const SERVER_OPTIONS: readonly CommandOption[] = [
  { flags: "--backend-store-uri <uri>", description: "as --tracking-uri", env: "MLFLOW_BACKEND_STORE_URI" },
  {
    flags: "--registry-store-uri <uri>",
    description: "default: the same",
    env: "MLFLOW_REGISTRY_STORE_URI",
    isSeldom: true,
  },
  {
    flags: "--default-artifact-root <uri>",
    description: "artifacts of new experiments",
    env: "MLFLOW_DEFAULT_ARTIFACT_ROOT",
  },
  { flags: "--serve-artifacts", description: "move artifacts for clients (default)", isSeldom: true },
  { flags: "--no-serve-artifacts", description: "clients reach artifacts themselves", isSeldom: true },
  { flags: "--artifacts-only", description: "nothing but artifacts", isSeldom: true },
  {
    flags: "--artifacts-destination <uri>",
    description: "where they lie",
    env: "MLFLOW_ARTIFACTS_DESTINATION",
    default: "./mlartifacts",
  },
  {
    flags: "--artifact-folder <folder>",
    description: "a folder where they may lie, too",
    isRepeatable: true,
    isSeldom: true,
  },
  { flags: "-h, --host <host>", description: "where it listens", env: "MLFLOW_HOST", default: "127.0.0.1" },
  { flags: "-p, --port <n>", description: "0: any free one", env: "MLFLOW_PORT", default: "5000", parse: readPort },
  { flags: "-w, --workers <n>", description: "processes", env: "MLFLOW_WORKERS", default: "1", parse: readWorkers },
  {
    flags: "--static-prefix <path>",
    description: "before every path",
    env: "MLFLOW_STATIC_PREFIX",
    parse: readPrefix,
    isSeldom: true,
  },
  {
    flags: "--allowed-hosts <list>",
    description: "Host headers, * for any",
    env: "MLFLOW_SERVER_ALLOWED_HOSTS",
    parse: readList,
  },
  {
    flags: "--cors-allowed-origins <list>",
    description: "pages that may write",
    env: "MLFLOW_SERVER_CORS_ALLOWED_ORIGINS",
    parse: readList,
    isSeldom: true,
  },
  { flags: "--disable-security-middleware", description: "check neither", isSeldom: true },
  {
    flags: "--x-frame-options <value>",
    description: "who may frame it",
    env: "MLFLOW_SERVER_X_FRAME_OPTIONS",
    default: "SAMEORIGIN",
    isSeldom: true,
  },
];

/** A path that begins with `/` and does not end with one, as MLflow wants it. @throws InvalidInputError */
function readPrefix(given: string): string {
  if (given === "") return "";
  if (!/^(?:\/[\w.~-]+)+$/.test(given)) throw new InvalidInputError(messages.badPrefix(given));
  return given;
}

/** A flag, else the variable that stands for it, else its default. */
export function switchedOn(given: boolean | undefined, variable: string, preset: boolean): boolean {
  if (given !== undefined) return given;
  const word = process.env[variable];
  return word === undefined || word === "" ? preset : /^(?:true|1|yes|on)$/i.test(word);
}

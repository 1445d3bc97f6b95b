import { InvalidInputError, messages } from "../../core";
import type { CommandOption } from "../command";
import { readPort, readSeconds, readWorkers } from "../options";

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
  readonly stopTimeout: number;
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
    flags: "--artifact-folder <place>",
    description: "a place where they may lie, too",
    isRepeatable: true,
    isSeldom: true,
  },
  { flags: "-h, --host <host>", description: "where it listens", env: "MLFLOW_HOST", default: "127.0.0.1" },
  { flags: "-p, --port <n>", description: "0: any free one", env: "MLFLOW_PORT", default: "5000", parse: readPort },
  { flags: "-w, --workers <n>", description: "processes", env: "MLFLOW_WORKERS", default: "1", parse: readWorkers },
  {
    flags: "--stop-timeout <s>",
    description: "how long it waits for requests when it stops",
    default: "30",
    parse: readSeconds,
    isSeldom: true,
  },
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

/** What means nothing to this server. */
interface IdleOption extends CommandOption {
  readonly reason: string;
}

const OTHER_SERVER = "the server is Node's own";

/** Flags that MLflow's server has and this one does without: taken, so that what starts the one starts the other. */
export const IDLE_OPTIONS: readonly IdleOption[] = [
  { flags: "--gunicorn-opts <text>", description: "nothing here", isSeldom: true, reason: OTHER_SERVER },
  { flags: "--waitress-opts <text>", description: "nothing here", isSeldom: true, reason: OTHER_SERVER },
  { flags: "--uvicorn-opts <text>", description: "nothing here", isSeldom: true, reason: OTHER_SERVER },
  {
    flags: "--expose-prometheus <folder>",
    description: "nothing here",
    isSeldom: true,
    reason: "/metrics is always there and needs no folder",
  },
  { flags: "--dev", description: "nothing here", isSeldom: true, reason: "there is nothing to load anew" },
  {
    flags: "--read-replica-backend-store-uri <uri>",
    description: "nothing here",
    isSeldom: true,
    reason: "all is read from the one store",
  },
];

/** Says of each flag that was given and means nothing that it does. */
export function idleFlags(given: Readonly<Record<string, unknown>>): readonly string[] {
  return IDLE_OPTIONS.flatMap(({ flags, reason }) => {
    const [flag = ""] = flags.split(" ");
    const name = flag.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return given[name] === undefined ? [] : [`${flag} changes nothing: ${reason}.`];
  });
}

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

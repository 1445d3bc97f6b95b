import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import { type AnyArtifactRepository, openAnyArtifacts } from "../../../artifacts";
import { hasScheme, InvalidInputError, isLocalPlace, localPath, messages, validateArtifactPath } from "../../../core";

/** Which artifacts the server reads and writes for its clients. */
export interface ServedArtifactsOptions {
  /** What `mlflow-artifacts:/` stands for, a path or URI; `undefined` where the server moves no artifacts. */
  readonly destination?: string;
  /** Folders of this machine in which artifacts may lie that are named by a path: any other is left alone. */
  readonly folders: readonly string[];
}

/**
 * The artifacts of runs and models, as the server reaches them. Clients say where an experiment's artifacts lie; so that they cannot name any
 * file of this machine, only some folders count.
 */
export class ServedArtifacts {
  readonly #destination: string | undefined;
  readonly #folders: readonly string[];

  constructor({ destination, folders }: ServedArtifactsOptions) {
    this.#destination = destination;
    this.#folders = [...folders, ...(destination !== undefined && isLocalPlace(destination) ? [destination] : [])].map(
      realPlace,
    );
  }

  /** True where clients send artifacts to the server, and fetch them from it. */
  get isServing(): boolean {
    return this.#destination !== undefined;
  }

  /** What lies behind `mlflow-artifacts:/`, from a folder of it on. @throws INVALID_PARAMETER_VALUE when nothing is served */
  proxied(path = ""): AnyArtifactRepository {
    if (this.#destination === undefined) throw new InvalidInputError(messages.artifactsNotServed());
    validateArtifactPath(path, true);
    const root = this.#destination.replace(/(?<=.)\/+$/, "");
    return openAnyArtifacts(path === "" ? root : `${root}/${path}`);
  }

  /** The artifacts that a run's or model's URI names. @throws INVALID_PARAMETER_VALUE for a place that is left alone */
  open(uri: string): AnyArtifactRepository {
    const [, path] = PROXIED.exec(uri) ?? [];
    if (path !== undefined) return this.proxied(path.replace(/^\/+|\/+$/g, ""));
    // What lies behind a URL of a client's choice is none of the server's business either.
    if (/^https?:/i.test(uri) || (isLocalPlace(uri) && !this.#isAllowed(uri)))
      throw new InvalidInputError(messages.artifactsOutOfReach(uri));
    return openAnyArtifacts(uri);
  }

  /** Throws for a place that no experiment may have its artifacts at. */
  requireLocation(uri: string): void {
    if (/#/.test(uri) || (hasScheme(uri) && /;/.test(uri)))
      throw new InvalidInputError(messages.badArtifactLocation(uri));
    if (/\p{Cc}/u.test(uri) || uri.length > MAX_LENGTH) throw new InvalidInputError(messages.badArtifactLocation(uri));
    const [, path] = PROXIED.exec(uri) ?? [];
    if (path !== undefined) validateArtifactPath(path.replace(/^\/+|\/+$/g, ""), true);
    if (isLocalPlace(uri) && !this.#isAllowed(uri)) throw new InvalidInputError(messages.artifactsOutOfReach(uri));
  }

  #isAllowed(uri: string): boolean {
    const place = realPlace(uri);
    return this.#folders.some((folder) => {
      const between = relative(folder, place);
      return between === "" || (!between.startsWith("..") && !isAbsolute(between));
    });
  }
}

/** As MLflow's SQL schema has it. */
const MAX_LENGTH = 256;

const PROXIED = /^mlflow-artifacts:(?:\/\/[^/]*)?(.*)$/i;

/** The path of a place, links in what exists of it followed. @throws INVALID_PARAMETER_VALUE for a URI that names no path */
function realPlace(uri: string): string {
  try {
    return real(localPath(uri));
  } catch (cause) {
    throw new InvalidInputError(messages.badArtifactLocation(uri), { cause });
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    const parent = dirname(path);
    if (parent === path) throw cause;
    return join(real(parent), path.slice(parent.length));
  }
}

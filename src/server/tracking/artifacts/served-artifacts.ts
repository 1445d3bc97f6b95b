import { type AnyArtifactRepository, openAnyArtifacts } from "../../../artifacts";
import { hasScheme, InvalidInputError, isLocalPlace, messages, validateArtifactPath } from "../../../core";
import { isS3, type Place, placeOf } from "./place";

/** Which artifacts the server reads and writes for its clients. */
export interface ServedArtifactsOptions {
  /** What `mlflow-artifacts:/` stands for, a path or URI; `undefined` where the server moves no artifacts. */
  readonly destination?: string;
  /** Folders of this machine, and `s3:` URIs, below which artifacts may lie that clients name: any other place is left alone. */
  readonly places: readonly string[];
}

/**
 * The artifacts of runs and models, as the server reaches them. Clients say where an experiment's artifacts lie; so that they cannot name any
 * file of this machine, and any bucket that the server may read, only some places count.
 */
export class ServedArtifacts {
  readonly #destination: string | undefined;
  readonly #places: readonly Place[];

  constructor({ destination, places }: ServedArtifactsOptions) {
    this.#destination = destination;
    const all = destination === undefined ? places : [...places, destination];
    this.#places = all.filter((place) => isLocalPlace(place) || isS3(place)).map(placeOf);
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
    if (/^https?:/i.test(uri) || ((isLocalPlace(uri) || isS3(uri)) && !this.#isAllowed(uri)))
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
    const place = placeOf(uri);
    return this.#places.some((allowed) => allowed.holds(place));
  }
}

/** As MLflow's SQL schema has it. */
const MAX_LENGTH = 256;

const PROXIED = /^mlflow-artifacts:(?:\/\/[^/]*)?(.*)$/i;

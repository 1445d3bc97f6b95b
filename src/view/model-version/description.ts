import type { ListPart } from "../list-part";

/** A version of a registered model. */
export interface ModelVersionCard {
  /** The registered model's. */
  readonly name: string;
  readonly version: number;
  readonly aliases: readonly string[];
  /** Where it stands, if anywhere: `Production`. */
  readonly stage?: string;
  /** In words, where the version is not ready to be used. */
  readonly state?: string;
  readonly description?: string;
  /** The URI that it was registered from. */
  readonly source?: string;
  readonly runId?: string;
  /** The name of that run, where it is known. */
  readonly runName?: string;
  /** The page of that run in a UI. */
  readonly runHref?: string;
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** Epoch milliseconds. */
  readonly createdTime: number;
  /** Its page in a UI. */
  readonly href?: string;
  /** The call that loads it. */
  readonly loadCall?: string;
}

/** Model versions below each other. */
export interface ModelVersionList extends ListPart {
  readonly versions: readonly ModelVersionCard[];
  /** How many there are in all. @default the number of versions */
  readonly total?: number;
  /** They are all of one model, which is named above them. @default false */
  readonly isOfOneModel?: boolean;
}

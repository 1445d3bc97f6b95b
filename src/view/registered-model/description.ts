import type { ListPart } from "../list-part";
import type { ModelVersionCard } from "../model-version";

/** A registered model. */
export interface RegisteredModelCard {
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** Aliases with the version that each names. */
  readonly aliases: readonly (readonly [alias: string, version: number])[];
  /** The newest version in each stage. */
  readonly latestVersions: readonly ModelVersionCard[];
  /** All versions are listed elsewhere, so that the newest are not listed below the card. @default false */
  readonly isWithoutList?: boolean;
  /** Epoch milliseconds. */
  readonly lastUpdateTime: number;
  /** Its page in a UI. */
  readonly href?: string;
}

/** Registered models below each other. */
export interface RegisteredModelList extends ListPart {
  readonly models: readonly RegisteredModelCard[];
  /** How many there are in all. @default the number of models */
  readonly total?: number;
}

/** The highest version; `undefined` while there is none. */
export function newestVersion({ latestVersions }: RegisteredModelCard): number | undefined {
  return latestVersions.length === 0 ? undefined : Math.max(...latestVersions.map(({ version }) => version));
}

/** Aliases with their versions, as words: `@champion → 3`. */
export function aliasTargets({ aliases }: RegisteredModelCard): string | undefined {
  return aliases.length === 0 ? undefined : aliases.map(([alias, version]) => `@${alias} → ${version}`).join(", ");
}

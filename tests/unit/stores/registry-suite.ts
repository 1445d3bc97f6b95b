import { describe } from "vitest";
import type { AnyRegistryStore } from "../../../src/stores";
import { describeAliasesAndStages } from "./alias-and-stage-suite";
import { describeModelVersions } from "./model-version-suite";
import { describeRegisteredModels } from "./registered-model-suite";
import { describeRegistrySearch } from "./registry-search-suite";

/** How a suite gets at a registry of one kind. */
export interface RegistryPlace {
  /** A new empty one. */
  readonly open: () => AnyRegistryStore | Promise<AnyRegistryStore>;
  /** The same place as another process would see it. */
  readonly openAgain: (registry: AnyRegistryStore) => AnyRegistryStore | Promise<AnyRegistryStore>;
  /** How long a tag of a version may be. @default 100,000 characters, MLflow's limit */
  readonly longestTag?: number;
}

/** What every model registry does, whether it answers at once or with promises. */
export function describeRegistry(name: string, place: RegistryPlace): void {
  describe(`${name} as a model registry`, () => {
    describeRegisteredModels(place);
    describeModelVersions(place);
    describeAliasesAndStages(place);
    describeRegistrySearch(place);
  });
}

import { type Experiment, validateKey, validateOptions } from "../../core";
import type { AnyTrackingStore } from "../../stores";
import { flushQueues } from "../recorder";
import { entriesOf, requireExperimentName, requireText, toExperimentTag } from "../arguments";
import type { PagedList } from "./paged-list";
import { checkSearchOptions, type SearchOptions } from "./search-options";

/** What a new experiment may be given besides its name. */
export interface CreateExperimentOptions {
  /** Where its runs keep their artifacts: a path or URI. @default a folder of the store */
  readonly artifactLocation?: string;
  readonly tags?: Readonly<Record<string, unknown>>;
}

/** How experiments show themselves, loaded with the first that is read and not by `import "trackbook"`. */
const requireShown = () => require("./shown-experiments") as typeof import("./shown-experiments");

/** The operations of {@link TrackingClient} on experiments. */
export class ExperimentOperations {
  readonly #store: AnyTrackingStore;

  constructor(store: AnyTrackingStore) {
    this.#store = store;
  }

  /** The store, with all that this process has logged by now. */
  protected get store(): AnyTrackingStore {
    flushQueues();
    return this.#store;
  }

  /** Creates an experiment and answers its id. Rejects with RESOURCE_ALREADY_EXISTS when one has the name, deleted or not. */
  async createExperiment(name: string, options: CreateExperimentOptions = {}): Promise<string> {
    requireExperimentName(name);
    validateOptions("createExperiment", options, ["artifactLocation", "tags"]);
    const { artifactLocation, tags } = options;
    if (artifactLocation !== undefined) requireText("The artifactLocation", artifactLocation);
    return this.store.createExperiment(name, {
      artifactLocation,
      tags: entriesOf("The tags", tags, toExperimentTag),
    });
  }

  /** The experiment with an id, deleted or not. Rejects with RESOURCE_DOES_NOT_EXIST. */
  async getExperiment(experimentId: string): Promise<Experiment> {
    requireText("The experiment's id", experimentId);
    return requireShown().toShownExperiment(await this.store.getExperiment(experimentId));
  }

  /** The experiment with a name, deleted or not; `undefined` when there is none. */
  async getExperimentByName(name: string): Promise<Experiment | undefined> {
    requireText("The experiment's name", name);
    const experiment = await this.store.getExperimentByName(name);
    return experiment && requireShown().toShownExperiment(experiment);
  }

  /** A page of experiments. */
  async searchExperiments(options: SearchOptions = {}): Promise<PagedList<Experiment>> {
    checkSearchOptions("searchExperiments", options);
    return requireShown().toExperimentList(await this.store.searchExperiments(options));
  }

  /** Gives an active experiment another name. Rejects with RESOURCE_ALREADY_EXISTS when it is taken. */
  async renameExperiment(experimentId: string, newName: string): Promise<void> {
    requireText("The experiment's id", experimentId);
    requireExperimentName(newName);
    await this.store.renameExperiment(experimentId, newName);
  }

  /** Marks an experiment and all its runs deleted; its files are kept. */
  async deleteExperiment(experimentId: string): Promise<void> {
    requireText("The experiment's id", experimentId);
    await this.store.deleteExperiment(experimentId);
  }

  /** Brings a deleted experiment back with all its runs, those deleted before it too. */
  async restoreExperiment(experimentId: string): Promise<void> {
    requireText("The experiment's id", experimentId);
    await this.store.restoreExperiment(experimentId);
  }

  /** Sets a tag of an active experiment. */
  async setExperimentTag(experimentId: string, key: string, value: unknown): Promise<void> {
    requireText("The experiment's id", experimentId);
    await this.store.setExperimentTag(experimentId, toExperimentTag(key, value));
  }

  /** Removes a tag of an active experiment. Rejects with RESOURCE_DOES_NOT_EXIST when it has no such tag. */
  async deleteExperimentTag(experimentId: string, key: string): Promise<void> {
    requireText("The experiment's id", experimentId);
    validateKey("tag", key);
    await this.store.deleteExperimentTag(experimentId, key);
  }
}

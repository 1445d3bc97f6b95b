import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { type AnyArtifactRepository, openAnyArtifacts } from "../../artifacts";
import { errorCode, type RunEntity, TAGS, TrackbookError } from "../../core";
import { type AnyTrackingStore, MODEL_KEY, openRegistryStore, RUN_KEY } from "../../stores";
import { type ExperimentChoice, findExperiment } from "../experiment-choice";
import { performLater, type SplitTable } from "../files";
import type { Confirmed, FileOwner, RunDraft } from "../recording-store";
import type { DeliveryState } from "./delivery-state";
import { type JournalRecord, type Operation, UNKNOWN_PLACE } from "./operations";
import { openingOf, runKeyOf } from "./run-openings";

/** Does single operations of a spool on a server. */
export class Performer {
  readonly #store: AnyTrackingStore;
  readonly #folder: string;
  readonly #state: DeliveryState;
  readonly #onConfirmed: (ours: string, theirs: Confirmed) => void;
  readonly #artifacts = new Map<string, AnyArtifactRepository>();

  constructor(
    store: AnyTrackingStore,
    folder: string,
    state: DeliveryState,
    onConfirmed: (ours: string, theirs: Confirmed) => void,
  ) {
    this.#store = store;
    this.#folder = folder;
    this.#state = state;
    this.#onConfirmed = onConfirmed;
  }

  /** The server's id for one of ours; one of the server's stays. */
  idOf(id: string): string {
    return this.#state.confirmed.get(id)?.id ?? id;
  }

  /** `isUncertain`: it may have been done before. */
  async perform({ operation, payload }: JournalRecord, isUncertain: boolean): Promise<void> {
    const store = this.#store;
    switch (operation.op) {
      case "createRun":
        return this.#createRun(operation);
      case "deleteTag":
        return unlessMissing(isUncertain, () => store.deleteTag(this.idOf(operation.run), operation.key));
      case "updateRun":
        return store.updateRun(this.idOf(operation.run), operation.change);
      case "logInputs":
        return store.logInputs(this.idOf(operation.run), {
          datasets: operation.datasets,
          models: (operation.models ?? []).map(({ modelId }) => ({ modelId: this.idOf(modelId) })),
        });
      case "logOutputs": {
        const models = operation.models.map(({ modelId, step }) => ({ modelId: this.idOf(modelId), step }));
        return store.logOutputs(this.idOf(operation.run), models);
      }
      case "createModel":
        return this.#createModel(operation);
      case "finishModel":
        await store.finalizeLoggedModel(this.idOf(operation.model), operation.status);
        return;
      case "tagModel":
        return store.setLoggedModelTags(this.idOf(operation.model), operation.tags);
      case "register":
        return this.#register(operation, isUncertain);
      case "writeFile":
        return this.#writeFile(operation, payload);
      case "removeFile":
        return unlessMissing(true, async () => (await this.#artifactsOf(operation.owner)).remove(operation.path));
      case "appendTable": {
        const artifacts = await this.#artifactsOf({ run: operation.run });
        const table = JSON.parse(payload.toString("utf8")) as SplitTable;
        const target = { id: this.idOf(operation.run), store, artifacts };
        return performLater(target, { kind: "table", path: operation.path, table }, isUncertain);
      }
      case "tagExperiment": {
        const { experimentId } = await findExperiment(store, operation.experiment);
        for (const tag of operation.tags) await store.setExperimentTag(experimentId, tag);
        return;
      }
      default:
        return undefined;
    }
  }

  async #createRun({ run, experiment: choice, draft }: Extract<Operation, { op: "createRun" }>): Promise<void> {
    if (this.#state.confirmed.has(run)) return;
    const key = runKeyOf(draft) ?? run;
    const { info } = (await openingOf(key)) ?? (await this.#findOrCreateRun(key, choice, draft));
    this.#confirm(run, { id: info.runId, artifactUri: info.artifactUri, experimentId: info.experimentId });
  }

  async #findOrCreateRun(key: string, choice: ExperimentChoice, draft: RunDraft): Promise<RunEntity> {
    const { experimentId } = await findExperiment(this.#store, choice);
    const filter = `tags.\`${RUN_KEY}\` = '${key}'`;
    const { items } = await this.#store.searchRuns([experimentId], { filter, viewType: "ALL", maxResults: 1 });
    const parent = draft.tags.map((tag) =>
      tag.key === TAGS.parentRun ? { ...tag, value: this.idOf(tag.value) } : tag,
    );
    return items[0] ?? this.#store.createRun({ ...draft, tags: parent, experimentId });
  }

  async #createModel(operation: Extract<Operation, { op: "createModel" }>): Promise<void> {
    const { model, run, experiment: choice, name, modelType, params, tags = [] } = operation;
    if (this.#state.confirmed.has(model)) return;
    const known = run === undefined ? undefined : this.#state.confirmed.get(run)?.experimentId;
    const experimentId = known ?? (await findExperiment(this.#store, choice)).experimentId;
    const filter = `tags.\`${MODEL_KEY}\` = '${model}'`;
    const { items } = await this.#store.searchLoggedModels([experimentId], { filter, maxResults: 1 });
    const made =
      items[0] ??
      (await this.#store.createLoggedModel({
        experimentId,
        name,
        modelType,
        params,
        tags: [...tags, { key: MODEL_KEY, value: model }],
        ...(run !== undefined && { sourceRunId: this.idOf(run) }),
      }));
    this.#confirm(model, { id: made.modelId, artifactUri: made.artifactLocation, experimentId });
  }

  #confirm(ours: string, theirs: Confirmed): void {
    this.#state.confirm(ours, theirs);
    this.#onConfirmed(ours, theirs);
  }

  async #register(operation: Extract<Operation, { op: "register" }>, isUncertain: boolean): Promise<void> {
    const { name, registryUri } = operation;
    const registry = openRegistryStore(registryUri);
    const modelId = this.idOf(operation.model);
    const { artifactLocation, sourceRunId } = await this.#store.getLoggedModel(modelId);
    try {
      await registry.createRegisteredModel(name);
    } catch (error) {
      if (!(error instanceof TrackbookError) || error.code !== "RESOURCE_ALREADY_EXISTS") throw error;
    }
    if (isUncertain) {
      const { items } = await registry.searchModelVersions({ filter: `name = '${name.replaceAll("'", "''")}'` });
      if (items.some((version) => version.modelId === modelId)) return;
    }
    await registry.createModelVersion(name, {
      source: `models:/${modelId}`,
      modelId,
      storageLocation: artifactLocation,
      ...(sourceRunId !== undefined && { runId: sourceRunId }),
    });
  }

  async #writeFile({ owner, path, file }: Extract<Operation, { op: "writeFile" }>, payload: Buffer): Promise<void> {
    const artifacts = await this.#artifactsOf(owner);
    const local = file === undefined ? undefined : join(this.#folder, file);
    if (basename(path) === "MLmodel" && "model" in owner) {
      const text = (local === undefined ? payload : readFileSync(local)).toString("utf8");
      await artifacts.write(path, this.#withTheirIds(text));
    } else if (local === undefined) await artifacts.write(path, payload);
    // Removed after it had been delivered, and before that was noted.
    else if (existsSync(local)) await artifacts.copyIn(local, path);
    if (local !== undefined) rmSync(local, { force: true });
  }

  /** A model's description names its run, itself and its place. */
  #withTheirIds(text: string): string {
    let named = text;
    for (const [ours, { id, artifactUri }] of this.#state.confirmed)
      named = named.replaceAll(`${UNKNOWN_PLACE}${ours}`, artifactUri).replaceAll(ours, id);
    return named;
  }

  async #artifactsOf(owner: FileOwner): Promise<AnyArtifactRepository> {
    const ours = "run" in owner ? owner.run : owner.model;
    const known = this.#artifacts.get(ours);
    if (known) return known;
    const uri = this.#state.confirmed.get(ours)?.artifactUri ?? (await this.#askPlace(owner));
    const artifacts = openAnyArtifacts(uri, { trackingUri: this.#store.uri });
    this.#artifacts.set(ours, artifacts);
    return artifacts;
  }

  async #askPlace(owner: FileOwner): Promise<string> {
    if ("run" in owner) return (await this.#store.getRun(owner.run)).info.artifactUri;
    return (await this.#store.getLoggedModel(owner.model)).artifactLocation;
  }
}

/** `isFine`: that it is not there is what was wanted. */
async function unlessMissing(isFine: boolean, act: () => unknown): Promise<void> {
  try {
    await act();
  } catch (error) {
    const code = error instanceof TrackbookError ? error.code : errorCode(error);
    if (!isFine || code !== "RESOURCE_DOES_NOT_EXIST") throw error;
  }
}

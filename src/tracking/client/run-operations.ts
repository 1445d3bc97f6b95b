import {
  InvalidInputError,
  messages,
  type Metric,
  newRunName,
  now,
  RUN_STATUSES,
  type RunStatus,
  StoreError,
  TAGS,
  TERMINAL_STATUSES,
  type TerminalStatus,
  validateKey,
  validateOptions,
  validateStatus,
} from "../../core";
import { entriesOf, requireText, requireTexts, toTag } from "../arguments";
import { ExperimentOperations } from "./experiment-operations";
import { Run, RunList } from "../found-runs";
import { checkSearchOptions, type SearchOptions } from "./search-options";

/** What a new run may be given besides its experiment. */
export interface CreateRunOptions {
  /** Epoch ms. @default now */
  readonly startTime?: number;
  readonly tags?: Readonly<Record<string, unknown>>;
  /** @default the tag `mlflow.runName`, else a random name */
  readonly runName?: string;
}

/** The operations of {@link TrackingClient} on runs as a whole. */
export class RunOperations extends ExperimentOperations {
  /** Creates a run, RUNNING until {@link setTerminated}. */
  async createRun(experimentId: string, options: CreateRunOptions = {}): Promise<Run> {
    requireText("The experiment's id", experimentId);
    validateOptions("createRun", options, ["startTime", "tags", "runName"]);
    const { startTime = now(), runName } = options;
    requireTime("startTime", startTime);
    if (runName !== undefined && typeof runName !== "string")
      throw new InvalidInputError(
        messages.wrongType("The runName", runName, "a string", "leave it out for a random name."),
      );
    const tags = entriesOf("The tags", options.tags, toTag);
    const nameTag = tags.find(({ key }) => key === TAGS.runName)?.value;
    if (runName && nameTag && runName !== nameTag)
      throw new InvalidInputError(messages.runNameMismatch(runName, nameTag));
    const created = await this.store.createRun({
      experimentId,
      runName: runName || nameTag || newRunName(),
      userId: tags.find(({ key }) => key === TAGS.user)?.value ?? "unknown",
      startTime,
      tags: tags.filter(({ key }) => key !== TAGS.runName),
    });
    return new Run(created);
  }

  /** Everything about a run, deleted or not. Rejects with RESOURCE_DOES_NOT_EXIST, or DATA_LOSS when its files are corrupt. */
  async getRun(runId: string): Promise<Run> {
    requireText("The run's id", runId);
    if (this.store.kind === "none") throw new StoreError(messages.keptNowhere("run", runId));
    return new Run(await this.store.getRun(runId));
  }

  /** The run that the run is nested in; `undefined` for none. */
  async getParentRun(runId: string): Promise<Run | undefined> {
    const parentId = (await this.getRun(runId)).data.tags[TAGS.parentRun];
    return parentId === undefined ? undefined : this.getRun(parentId);
  }

  /**
   * A page of the runs of some experiments.
   *
   * @example await client.searchRuns(["0"], { filter: "metrics.loss < 0.1", orderBy: ["metrics.loss"], maxResults: 5 });
   */
  async searchRuns(experimentIds: readonly string[], options: SearchOptions = {}): Promise<RunList> {
    requireTexts("The experiments' ids", experimentIds);
    checkSearchOptions("searchRuns", options);
    return RunList.fromPage(await this.store.searchRuns(experimentIds, options));
  }

  /** Every point of a metric in the order they were logged; none for an unknown metric. */
  async getMetricHistory(runId: string, key: string): Promise<Metric[]> {
    requireText("The run's id", runId);
    validateKey("metric", key);
    return [...(await this.store.getMetricHistory(runId, key)).items];
  }

  /** Changes the status or name of an active run; its end time stays. */
  async updateRun(runId: string, options: { status?: RunStatus; name?: string } = {}): Promise<void> {
    requireText("The run's id", runId);
    validateOptions("updateRun", options, ["status", "name"]);
    const { status, name } = options;
    if (status !== undefined) validateStatus(status, RUN_STATUSES);
    if (name !== undefined) requireText("The run's name", name);
    if (status !== undefined || name !== undefined) await this.store.updateRun(runId, { status, runName: name });
  }

  /** Ends a run. `status` @default "FINISHED"; `endTime` in epoch ms, @default now */
  async setTerminated(runId: string, options: { status?: TerminalStatus; endTime?: number } = {}): Promise<void> {
    requireText("The run's id", runId);
    validateOptions("setTerminated", options, ["status", "endTime"]);
    const { status = "FINISHED", endTime = now() } = options;
    validateStatus(status, TERMINAL_STATUSES);
    requireTime("endTime", endTime);
    await this.store.updateRun(runId, { status, endTime });
  }

  /** Marks a run deleted; its files are kept. */
  async deleteRun(runId: string): Promise<void> {
    requireText("The run's id", runId);
    await this.store.deleteRun(runId);
  }

  /** Brings a deleted run back. */
  async restoreRun(runId: string): Promise<void> {
    requireText("The run's id", runId);
    await this.store.restoreRun(runId);
  }
}

function requireTime(what: string, time: unknown): void {
  if (!Number.isSafeInteger(time) || (time as number) < 0)
    throw new InvalidInputError(
      messages.wrongType(
        `The ${what}`,
        time,
        "epoch milliseconds, a whole number ≥ 0",
        "Date.now() is one; date.getTime() makes one of a Date.",
      ),
    );
}

import type { ExperimentChoice } from "../experiment-choice";
import type { DatasetInput, LoggedModelStatus, ModelInput, ModelOutput, Param, RunStatus, Tag } from "../../core";
import type { FileOwner, RunDraft } from "../recording-store";

/**
 * What waits in a spool to be done on a server, in the order of the calls. Ids of runs and models that the server has not confirmed yet are ours;
 * whoever delivers knows what they have become. Numbers and bytes that belong to an operation lie behind it, see {@link JournalRecord}.
 */
export type Operation =
  | { readonly op: "createRun"; readonly run: string; readonly experiment: ExperimentChoice; readonly draft: RunDraft }
  /** Behind it: the values, times and steps of `count` points, as doubles. */
  | {
      readonly op: "metric";
      readonly run: string;
      readonly key: string;
      readonly count: number;
      readonly modelId?: string;
      readonly datasetName?: string;
      readonly datasetDigest?: string;
    }
  | { readonly op: "batch"; readonly run: string; readonly params?: readonly Param[]; readonly tags?: readonly Tag[] }
  | { readonly op: "deleteTag"; readonly run: string; readonly key: string }
  | {
      readonly op: "updateRun";
      readonly run: string;
      readonly change: { readonly status?: RunStatus; readonly endTime?: number; readonly runName?: string };
    }
  | {
      readonly op: "logInputs";
      readonly run: string;
      readonly datasets: readonly DatasetInput[];
      readonly models?: readonly ModelInput[];
    }
  | { readonly op: "logOutputs"; readonly run: string; readonly models: readonly ModelOutput[] }
  | {
      readonly op: "createModel";
      readonly model: string;
      readonly run?: string;
      readonly experiment: ExperimentChoice;
      readonly name: string;
      readonly modelType?: string;
      readonly params?: readonly Param[];
      readonly tags?: readonly Tag[];
    }
  | { readonly op: "finishModel"; readonly model: string; readonly status: LoggedModelStatus }
  | { readonly op: "tagModel"; readonly model: string; readonly tags: readonly Tag[] }
  | { readonly op: "register"; readonly model: string; readonly name: string; readonly registryUri: string }
  /** The bytes lie behind it, or in a file of the spool. */
  | { readonly op: "writeFile"; readonly owner: FileOwner; readonly path: string; readonly file?: string }
  /** Behind it: the rows as JSON. */
  | { readonly op: "appendTable"; readonly run: string; readonly path: string }
  | { readonly op: "removeFile"; readonly owner: FileOwner; readonly path: string }
  | { readonly op: "tagExperiment"; readonly experiment: ExperimentChoice; readonly tags: readonly Tag[] };

/** What lies behind each kind of operation. */
export const PAYLOADS: Readonly<Record<Operation["op"], "nothing" | "numbers" | "bytes">> = {
  createRun: "nothing",
  metric: "numbers",
  batch: "nothing",
  deleteTag: "nothing",
  updateRun: "nothing",
  logInputs: "nothing",
  logOutputs: "nothing",
  createModel: "nothing",
  finishModel: "nothing",
  tagModel: "nothing",
  register: "nothing",
  writeFile: "bytes",
  appendTable: "bytes",
  removeFile: "nothing",
  tagExperiment: "nothing",
};

/** An operation with the bytes that belong to it. */
export interface JournalRecord {
  readonly operation: Operation;
  readonly payload: Buffer;
}

/** Where the artifacts of a run or model begin whose place only the server knows: replaced in the files that name it. */
export const UNKNOWN_PLACE = "trackbook-spool:/";

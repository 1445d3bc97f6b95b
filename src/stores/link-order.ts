import type { DatasetInput, ModelInput, ModelOutput } from "../core";

/**
 * The order in which every store gives what a run read and made. Neither a folder nor a database keeps the order of
 * logging, and what a folder lists first differs from disk to disk.
 */
export const linkOrder = {
  /** Data sets by name, then digest. */
  datasets: (a: DatasetInput, b: DatasetInput): number =>
    compareTexts(a.dataset.name, b.dataset.name) || compareTexts(a.dataset.digest, b.dataset.digest),
  /** Models that were read, by id. */
  modelInputs: (a: ModelInput, b: ModelInput): number => compareTexts(a.modelId, b.modelId),
  /** Models that were made, by step, then id. */
  modelOutputs: (a: ModelOutput, b: ModelOutput): number => a.step - b.step || compareTexts(a.modelId, b.modelId),
};

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

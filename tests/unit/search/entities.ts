import type { Experiment, LoggedModel, RunEntity } from "../../../src/core";

/** The parts of a run that searches look at; the rest is filled in. */
export interface RunSketch {
  readonly id?: string;
  readonly name?: string;
  readonly status?: RunEntity["info"]["status"];
  readonly start?: number;
  readonly end?: number;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly datasets?: readonly { readonly name: string; readonly digest: string; readonly context?: string }[];
}

export function makeRun(sketch: RunSketch): RunEntity {
  const {
    id = "r",
    name = "a-run",
    status = "FINISHED",
    start = 0,
    end,
    metrics = {},
    params = {},
    tags = {},
  } = sketch;
  return {
    info: {
      runId: id,
      runName: name,
      experimentId: "0",
      userId: "ada",
      status,
      startTime: start,
      endTime: end,
      artifactUri: `/mlruns/0/${id}/artifacts`,
      lifecycleStage: "active",
    },
    data: { metrics, params, tags, latestMetrics: [] },
    inputs: {
      datasetInputs: (sketch.datasets ?? []).map(({ name, digest, context }) => ({
        dataset: { name, digest, sourceType: "code", source: "{}" },
        tags: { ...(context !== undefined && { "mlflow.data.context": context }) },
      })),
      modelInputs: [],
    },
    outputs: { modelOutputs: [] },
  };
}

export function makeExperiment(sketch: Partial<Experiment> & { readonly experimentId: string }): Experiment {
  return { name: "e", artifactLocation: "/mlruns/0", lifecycleStage: "active", tags: {}, ...sketch };
}

export function makeModel(sketch: Partial<LoggedModel> & { readonly modelId: string }): LoggedModel {
  return {
    experimentId: "0",
    name: "model",
    artifactLocation: "/mlruns/0/models",
    creationTimestamp: 0,
    lastUpdatedTimestamp: 0,
    status: "READY",
    lifecycleStage: "active",
    params: {},
    tags: {},
    metrics: [],
    ...sketch,
  };
}

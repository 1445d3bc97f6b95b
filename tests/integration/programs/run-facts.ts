import type { FoundRun } from "../libraries/recorded-runs";

/** What a training leaves on its run besides its numbers, in a form to compare as a whole. */
export interface RunFacts {
  readonly status: string;
  readonly estimator: string | undefined;
  readonly library: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  /** Shape of the features of each data set, by its context. */
  readonly data: Readonly<Record<string, readonly number[]>>;
  /** What MLmodel says of inputs and outputs: `tensors`, `columns`, or nothing. */
  readonly signature: boolean;
  /** The LoggedModels that the run has as outputs. */
  readonly models: number;
  /** A fault of the recording. */
  readonly warning: string | undefined;
}

/** Reads the facts of a run. */
export function factsOf(run: FoundRun): RunFacts {
  const { tags, params } = run.data;
  const shapes = run.inputs.datasetInputs.map(({ dataset, tags: { "mlflow.data.context": context } }) => [
    context,
    JSON.parse(dataset.profile ?? "{}").features_shape,
  ]);
  return {
    status: run.info.status,
    estimator: tags.estimator_class,
    library: tags["mlflow.autologging"],
    params,
    files: run.files,
    data: Object.fromEntries(shapes),
    signature: /signature:\s+inputs: '\[.+\]'\s+outputs: '\[.+\]'/.test(run.text("model/MLmodel")),
    models: run.outputs.modelOutputs.length,
    warning: tags["trackbook.autolog.warning"] ?? tags["trackbook.autolog.partial"],
  };
}

/** The lines of the program that the run's source tag points at, and the artifact that keeps them. */
export function sourceOf(run: FoundRun, file: string, program: string): { lines: string; segment: string } {
  const tag = run.data.tags["trackbook.source.segment"] ?? "";
  const [, name, first, last] = /^(.+):(\d+)-(\d+)$/.exec(tag) ?? [];
  if (name !== file) throw new Error(`the source is said to be in ${tag}, and is in ${file}`);
  const lines = program.split("\n").slice(Number(first) - 1, Number(last));
  return { lines: lines.join("\n"), segment: run.text("source/segment.ts") };
}

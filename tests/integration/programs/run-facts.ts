import type { FoundRun } from "../libraries/recorded-runs";

/** What a training leaves on its run besides its numbers, in a form to compare as a whole. */
export interface RunFacts {
  /** The file that was run. */
  readonly program: string | undefined;
  readonly status: string;
  readonly estimator: string | undefined;
  readonly library: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  /** Each data set by its context and the shape of its features, as `train [120,4]`; sorted. */
  readonly data: readonly string[];
  /** True where MLmodel says what goes in and what comes out. */
  readonly signature: boolean;
  /** The LoggedModels that the run has as outputs. */
  readonly models: number;
  /** A fault of the recording, or what it could not see. */
  readonly warning: string | undefined;
}

/** Reads the facts of a run. */
export function factsOf(run: FoundRun): RunFacts {
  const { tags, params } = run.data;
  const data = run.inputs.datasetInputs.map(({ dataset, tags: { "mlflow.data.context": context } }) => {
    const { features_shape: shape } = JSON.parse(dataset.profile ?? "{}");
    return `${context} ${JSON.stringify(shape)}`;
  });
  return {
    program: tags["mlflow.source.name"],
    status: run.info.status,
    estimator: tags.estimator_class,
    library: tags["mlflow.autologging"],
    params,
    files: run.files,
    data: data.sort(),
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

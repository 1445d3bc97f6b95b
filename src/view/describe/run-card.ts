import { type DatasetInput, type LoggedModel, type RunEntity, TAGS } from "../../core";
import type { CardMetric, CardNote, RunCard } from "../run-card";
import { durationOf } from "./duration";
import { historyPoints, type MetricHistories } from "./histories";

/** What belongs to a run's card and is not in the run itself. */
export interface RunSurroundings {
  /** Metrics without a history show their latest value; where others have one, no best. */
  readonly histories?: MetricHistories;
  readonly experimentName?: string;
  /** The run's LoggedModels; the first is shown. */
  readonly models?: readonly LoggedModel[];
  /** Paths below the run's artifact folder. */
  readonly artifacts?: readonly string[];
  /** The store's place as people are shown it. */
  readonly store?: string;
  /** It is said above the card that the run is deleted. @default false */
  readonly isDeletionSaid?: boolean;
  /** Epoch milliseconds, from which the duration of a run that is running is told. */
  readonly now: number;
}

/** A run as a card. */
export function describeRun(run: RunEntity, surroundings: RunSurroundings): RunCard {
  const { info, data, inputs } = run;
  const { histories = {}, models = [], now } = surroundings;
  const [model] = models;
  const isPartial = Object.keys(histories).length > 0;
  return {
    runId: info.runId,
    name: info.runName,
    experiment: surroundings.experimentName,
    status: info.status,
    estimator: data.tags.estimator_class ?? data.tags.estimator_name,
    elapsedMs: durationOf(info, now),
    metrics: data.latestMetrics.map(({ key, value, step }): CardMetric => {
      const points = historyPoints(histories[key] ?? []);
      return points.length > 0 ? { key, points } : { key, points: [{ step, value }], isLastOnly: isPartial };
    }),
    params: Object.entries(data.params),
    data: inputs.datasetInputs.map(dataWords).join(", ") || undefined,
    notes: notesOf(run, surroundings.isDeletionSaid ?? false),
    error: info.status === "FAILED" ? data.tags["trackbook.error"] : undefined,
    model: model && {
      name: model.name,
      modelId: model.modelId,
      flavor: data.tags[TAGS.autologging],
    },
    artifacts: surroundings.artifacts,
    store: surroundings.store,
    source: data.tags["trackbook.source.segment"] ?? data.tags[TAGS.sourceName],
  };
}

const DELETED: CardNote = { text: "this run is deleted", tone: "warning" };

function notesOf({ info, data }: RunEntity, isDeletionSaid: boolean): RunCard["notes"] {
  const description = data.tags[TAGS.note];
  return [
    ...(info.lifecycleStage === "deleted" && !isDeletionSaid ? [DELETED] : []),
    ...(description ? [{ text: description }] : []),
  ];
}

function dataWords({ dataset, tags }: DatasetInput): string {
  const context = tags[TAGS.dataContext];
  return [dataset.name, rowsOf(dataset.profile), context && `(${context})`].filter(Boolean).join(" ");
}

/** MLflow's profiles say either `num_rows` (tables) or `features_shape` (tensors). */
function rowsOf(profile: string | undefined): string | undefined {
  try {
    const { num_rows: rows, features_shape: shape } = JSON.parse(profile ?? "{}") as Record<string, unknown>;
    if (Array.isArray(shape)) return shape.join(" × ");
    return typeof rows === "number" ? `${rows} rows` : undefined;
  } catch {
    return undefined;
  }
}

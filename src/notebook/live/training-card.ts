import type { Training, TrainingEvent, TrainingResult } from "../../autolog";
import type { CardMetric, CardNote, CardProgress, RunCard } from "../../view";
import { MetricHistory } from "./metric-history";

/** What is known of one training, and of those that continue it: grows with the events, told as a card at any time. */
export class TrainingCard {
  readonly #histories = new Map<string, MetricHistory>();
  readonly #done = { epoch: 0, step: 0 };
  #training: Training;
  #result: TrainingResult | undefined;
  #formerMs = 0;

  constructor(training: Training) {
    this.#training = training;
  }

  get isRunning(): boolean {
    return this.#result === undefined;
  }

  apply(event: TrainingEvent): void {
    if (event.type === "started") this.#formerMs = this.#elapsedMs(event.training.startTime);
    this.#training = event.training;
    if (event.type === "started") {
      this.#result = undefined;
    } else if (event.type === "ended") {
      this.#result = event.result;
    } else {
      this.#done[event.type] = event.index + 1;
      for (const [key, value] of Object.entries(event.metrics)) this.#history(key).add(event.index, value);
    }
  }

  /** The card as it stands at `now`. */
  describe(now: number): RunCard {
    const training = this.#training;
    const result = this.#result;
    const progress = this.#progress();
    const elapsedMs = this.#elapsedMs(now);
    const rate = progress && elapsedMs > 0 ? (progress.done / elapsedMs) * 1000 : undefined;
    return {
      runId: training.runId,
      name: training.runName,
      experiment: training.experimentName,
      status: result?.status ?? "RUNNING",
      activity: "training",
      estimator: training.estimatorClass,
      progress,
      elapsedMs,
      rate,
      etaMs: result ? undefined : remainingMs(progress, rate),
      metrics: this.#metrics(),
      params: Object.entries(training.params),
      data: training.dataShape,
      notes: notesOf(training, result),
      error: result?.error === undefined ? undefined : String(result.error),
      model: result?.model && {
        name: result.model.name,
        flavor: training.library,
        signature: result.model.signature,
        size: result.model.bytes,
      },
      store: training.store,
      source: training.source,
      link: /^https?:/i.test(training.store) ? { href: runPage(training) } : undefined,
    };
  }

  /** The time spent in training, pauses between continued trainings left out. */
  #elapsedMs(now: number): number {
    return this.#formerMs + Math.max(0, (this.#result?.endTime ?? now) - this.#training.startTime);
  }

  #history(key: string): MetricHistory {
    let history = this.#histories.get(key);
    if (!history) {
      history = new MetricHistory();
      this.#histories.set(key, history);
    }
    return history;
  }

  #progress(): CardProgress | undefined {
    const { epochs, epochOffset } = this.#training;
    if (epochs === undefined && this.#done.epoch === 0) {
      return this.#done.step === 0 ? undefined : { done: this.#done.step, unit: "step" };
    }
    return { done: this.#done.epoch, total: epochs === undefined ? undefined : epochOffset + epochs, unit: "epoch" };
  }

  #metrics(): CardMetric[] {
    const curves = [...this.#histories].map(([key, { points }]): CardMetric => ({ key, points }));
    const figures = Object.entries(this.#result?.metrics ?? {}).filter(([key]) => !this.#histories.has(key));
    return [...curves, ...figures.map(([key, value]): CardMetric => ({ key, points: [{ step: 0, value }] }))];
  }
}

/** The same card without curves and particulars. */
export function toMinimalCard(card: RunCard): RunCard {
  const { runId, name, status, estimator, elapsedMs, error, link } = card;
  const metrics = card.metrics.map(({ key, points }): CardMetric => ({ key, points: points.slice(-1) }));
  return { runId, name, status, estimator, elapsedMs, error, link, metrics, params: [] };
}

function remainingMs(progress: CardProgress | undefined, rate: number | undefined): number | undefined {
  if (progress?.total === undefined || !rate) return undefined;
  return (Math.max(0, progress.total - progress.done) / rate) * 1000;
}

function notesOf({ suffix }: Training, result: TrainingResult | undefined): CardNote[] {
  const notes = (result?.notes ?? []).map((text): CardNote => ({ text }));
  if (suffix === "") return notes;
  return [{ text: `training ${suffix.slice(1)} of this run: its params and metrics end in ${suffix}` }, ...notes];
}

/** The run's page in MLflow's web UI, which is ours as well. */
function runPage({ store, experimentId, runId }: Training): string {
  return `${store.replace(/\/+$/, "")}/#/experiments/${experimentId}/runs/${runId}`;
}

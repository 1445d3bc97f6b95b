import type { Training, TrainingEvent } from "../../autolog";
import type { DisplayBundle } from "../../runtime";
import type { RunCard, RunTableRow } from "../../view";
import type { FramePainter } from "./frame-painter";
import type { FrameSource } from "./frame-scheduler";
import { toMinimalCard, TrainingCard } from "./training-card";

/** An output that tells of trainings. */
export interface TrainingFrames extends FrameSource {
  /** The cell it stands in. */
  readonly cell: string | undefined;
  readonly isRunning: boolean;
  /** Whether the end that was applied last must be shown before the training's call returns; else it is a frame like others. */
  readonly isEndUrgent: boolean;
  apply(event: TrainingEvent): void;
}

/** One training, and those that continue it, as a card. */
export class CardFrames implements TrainingFrames {
  readonly id: string;
  readonly cell: string | undefined;
  readonly #card: TrainingCard;
  readonly #painter: FramePainter;
  readonly #isMinimal: boolean;
  #ends = 0;

  /** `former` is an output in an earlier cell whose training this one continues. */
  constructor(
    training: Training,
    options: {
      cell: string | undefined;
      painter: FramePainter;
      isMinimal: boolean;
      former: TrainingFrames | undefined;
    },
  ) {
    this.id = frameId(training);
    this.cell = options.cell;
    this.#card = options.former instanceof CardFrames ? options.former.#card : new TrainingCard(training);
    this.#painter = options.painter;
    this.#isMinimal = options.isMinimal;
  }

  get isRunning(): boolean {
    return this.#card.isRunning;
  }

  get isEndUrgent(): boolean {
    return this.#ends === 1;
  }

  apply(event: TrainingEvent): void {
    if (event.type === "ended") this.#ends++;
    this.#card.apply(event);
  }

  frame(): DisplayBundle {
    return this.#painter.paintCard((now) => this.#describe(now));
  }

  #describe(now: number): RunCard {
    const card = this.#card.describe(now);
    return this.#isMinimal ? toMinimalCard(card) : card;
  }
}

const SHOWN_ROWS = 20;

/** The many trainings of one cell that get no card of their own, as a table of the latest. */
export class TableFrames implements TrainingFrames {
  readonly id: string;
  readonly cell: string | undefined;
  readonly isEndUrgent = false;
  readonly #rows = new Map<string, RunTableRow>();
  readonly #painter: FramePainter;
  #running = 0;
  #total = 0;

  constructor(first: Training, options: { cell: string | undefined; painter: FramePainter }) {
    this.id = frameId(first);
    this.cell = options.cell;
    this.#painter = options.painter;
  }

  get isRunning(): boolean {
    return this.#running > 0;
  }

  apply(event: TrainingEvent): void {
    const key = trainingKey(event.training);
    if (event.type === "started") {
      this.#running++;
      if (!this.#rows.has(key)) this.#total++;
      this.#rows.set(key, startedRow(event.training));
      this.#dropEarliest();
      return;
    }
    if (event.type === "ended") this.#running--;
    const row = this.#rows.get(key);
    if (row) this.#rows.set(key, { ...row, ...changeOf(event, row) });
  }

  frame(): DisplayBundle {
    return this.#painter.paintTable((now) => ({
      title: "further trainings",
      order: "newest first",
      rows: [...this.#rows.values()].reverse().map((row) => withDurationAt(now, row)),
      total: this.#total,
      moreCall: "await showRuns()",
    }));
  }

  #dropEarliest(): void {
    for (const key of this.#rows.keys()) {
      if (this.#rows.size <= SHOWN_ROWS) return;
      this.#rows.delete(key);
    }
  }
}

/** The same for all trainings that continue each other. */
export const trainingKey = ({ runId, suffix }: Training): string => runId + suffix;

/** Unique in the notebook for good: another kernel may not draw over an old output. */
const frameId = ({ runId, id }: Training): string => `trackbook-${runId}-${id}`;

/** What an event changes in its training's row. */
function changeOf(event: Exclude<TrainingEvent, { type: "started" }>, row: RunTableRow): Partial<RunTableRow> {
  if (event.type !== "ended") return { metrics: { ...row.metrics, ...event.metrics } };
  const { status, endTime, metrics } = event.result;
  return { status, metrics: { ...row.metrics, ...metrics }, durationMs: endTime - event.training.startTime };
}

const withDurationAt = (now: number, row: RunTableRow): RunTableRow =>
  row.status === "RUNNING" && row.startTime !== undefined ? { ...row, durationMs: now - row.startTime } : row;

function startedRow({ runId, runName, estimatorClass, startTime, params }: Training): RunTableRow {
  return { runId, name: runName, status: "RUNNING", estimator: estimatorClass, startTime, params, metrics: {} };
}

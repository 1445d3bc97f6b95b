import type { Training, TrainingEvent } from "../../autolog";
import { now } from "../../core";
import type { Runtime } from "../../runtime";
import { FramePainter, type LiveView } from "./frame-painter";
import { FrameScheduler, type SchedulerEdge } from "./frame-scheduler";
import { CardFrames, TableFrames, type TrainingFrames, trainingKey } from "./training-frames";

/** What the live display needs of the world. */
export interface LiveDisplayOptions {
  readonly runtime: Pick<Runtime, "isNotebook" | "display" | "currentCell" | "textStyle" | "onCellEnd">;
  /** One compact card at the end of each training in place of a live one. */
  readonly isMinimal: boolean;
  /** Loads what draws, at the first output. */
  readonly loadView: () => LiveView;
  readonly edge: Omit<SchedulerEdge, "display">;
}

const CARDS_IN_CELL = 20;

/** Turns the events of trainings into outputs: a card for each, and a table for those beyond twenty in one cell. */
export class LiveDisplay {
  readonly #options: LiveDisplayOptions;
  readonly #scheduler: FrameScheduler;
  readonly #painter: FramePainter;
  readonly #outputs = new Map<string, TrainingFrames>();
  #cell: string | undefined;
  #cards = 0;
  #table: TableFrames | undefined;

  constructor(options: LiveDisplayOptions) {
    this.#options = options;
    this.#painter = new FramePainter(options.runtime, options.loadView, now);
    this.#scheduler = new FrameScheduler({
      ...options.edge,
      display: (bundle, shown) => options.runtime.display(bundle, shown),
    });
  }

  take(event: TrainingEvent): void {
    const output =
      event.type === "started" ? this.#open(event.training) : this.#outputs.get(trainingKey(event.training));
    if (!output) return;
    output.apply(event);
    if (event.type === "ended" && output === this.#table) this.#outputs.delete(trainingKey(event.training));
    if (event.type === "ended" && (output.isEndUrgent || !this.#options.runtime.onCellEnd))
      this.#scheduler.drawNow(output);
    else if (event.type === "ended" || !this.#options.isMinimal) this.#scheduler.request(output);
  }

  /** Shows what is still waiting to be shown. */
  flush(): void {
    this.#scheduler.flush();
  }

  #open(training: Training): TrainingFrames {
    const cell = this.#options.runtime.currentCell()?.messageId;
    const key = trainingKey(training);
    const former = training.epochOffset > 0 ? this.#outputs.get(key) : undefined;
    if (former && former.cell === cell) return former;
    if (cell !== this.#cell) this.#enter(cell);
    const output = this.#create(training, cell, former);
    this.#outputs.set(key, output);
    return output;
  }

  #create(training: Training, cell: string | undefined, former: TrainingFrames | undefined): TrainingFrames {
    const painter = this.#painter;
    if (this.#cards < CARDS_IN_CELL) {
      this.#cards++;
      return new CardFrames(training, { cell, painter, isMinimal: this.#options.isMinimal, former });
    }
    this.#table ??= new TableFrames(training, { cell, painter });
    return this.#table;
  }

  #enter(cell: string | undefined): void {
    this.#cell = cell;
    this.#cards = 0;
    this.#table = undefined;
    for (const [key, output] of this.#outputs) if (!output.isRunning) this.#outputs.delete(key);
  }
}

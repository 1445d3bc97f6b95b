import type { DisplayBundle, DisplayOptions } from "../../runtime";

/** An output that changes. */
export interface FrameSource {
  /** Names the output. */
  readonly id: string;
  /** The frame of this moment: asked for only when it is shown. */
  frame(): DisplayBundle;
}

/** What the scheduler needs of the world. */
export interface SchedulerEdge {
  display(bundle: DisplayBundle, options: DisplayOptions): boolean;
  /** Milliseconds that only go forward. */
  clock(): number;
  /** Calls back once after `delay` ms without keeping the process alive. */
  schedule(callback: () => void, delay: number): void;
}

const INTERVAL = 250;

/**
 * Shows the latest frame of each source, at most four a second over all of them together. A frame that is due is drawn in the
 * call that asks for it, since a training that blocks the event loop lets no timer run; others by a timer.
 */
export class FrameScheduler {
  readonly #edge: SchedulerEdge;
  readonly #pending = new Map<string, FrameSource>();
  readonly #shown = new WeakSet<FrameSource>();
  #lastDrawn = Number.NEGATIVE_INFINITY;
  #isScheduled = false;

  constructor(edge: SchedulerEdge) {
    this.#edge = edge;
  }

  /** Has the source's frame shown as soon as one is due. */
  request(source: FrameSource): void {
    this.#pending.set(source.id, source);
    this.#drawWhenDue();
  }

  /** Shows the source's frame before this returns; where that fails, as soon as it can be. */
  drawNow(source: FrameSource): void {
    this.#draw(source, true);
    this.#scheduleNext();
  }

  /** Shows all that is waiting. */
  flush(): void {
    for (const source of [...this.#pending.values()]) this.#draw(source, true);
    this.#scheduleNext();
  }

  #drawWhenDue(): void {
    const [next] = this.#pending.values();
    if (next && this.#edge.clock() - this.#lastDrawn >= INTERVAL) this.#draw(next, false);
    this.#scheduleNext();
  }

  #draw(source: FrameSource, isLast: boolean): void {
    this.#lastDrawn = this.#edge.clock();
    const isDrawn = this.#edge.display(source.frame(), { id: source.id, update: this.#shown.has(source), isLast });
    // A source that failed goes behind the others.
    this.#pending.delete(source.id);
    if (isDrawn) this.#shown.add(source);
    else this.#pending.set(source.id, source);
  }

  #scheduleNext(): void {
    if (this.#isScheduled || this.#pending.size === 0) return;
    this.#isScheduled = true;
    const delay = Math.max(0, INTERVAL - (this.#edge.clock() - this.#lastDrawn));
    this.#edge.schedule(() => {
      this.#isScheduled = false;
      this.#drawWhenDue();
    }, delay);
  }
}

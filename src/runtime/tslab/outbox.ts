import { errorCode } from "../../core";
import type { DisplayData, DisplayWriter } from "./kernel";

/** An output on its way to the notebook. */
export interface Output {
  /** Belongs to the cell that shows it. */
  readonly write: DisplayWriter;
  readonly content: DisplayData;
  /** Whether it takes the place of the output with the same `display_id`. */
  readonly isUpdate: boolean;
}

/** What an outbox needs of the world. */
export interface OutboxEdge {
  /** Milliseconds that only go forward. */
  clock(): number;
  /** Calls back when the event loop has turned. */
  nextTurn(callback: () => void): void;
}

/** So many outputs are sent at once; the socket takes 300 to 500 before it is busy until the event loop turns. */
const BURST = 64;
/** Ms. While a cell blocks the event loop the socket empties itself: one more output may be sent each time. */
const RECOVERY = 10;
/** So many outputs wait; beyond that the oldest are left out, and the notebook says how many. */
const MOST_WAITING = 200;

type Waiting = { output: Output } | { announcement: () => void };

/**
 * Sends outputs as fast as the kernel's socket takes them, in order. A socket that was sent too much in one turn of the event loop
 * refuses everything else, also the message that a cell has ended: the notebook would wait for that forever.
 */
export class Outbox {
  readonly #edge: OutboxEdge;
  readonly #emptied: (() => void)[] = [];
  #waiting: Waiting[] = [];
  #allowance = BURST;
  #refilled = Number.NEGATIVE_INFINITY;
  #isScheduled = false;
  #leftOut = 0;
  /** Stands in front of what waits when outputs were left out. */
  #notice: { output: Output } | undefined;

  constructor(edge: OutboxEdge) {
    this.#edge = edge;
  }

  /** Sends an output now or soon; one that waits for the same display is replaced. */
  show(output: Output): void {
    const id = output.content.transient?.display_id;
    const same = this.#waiting.find(
      (one): one is { output: Output } => "output" in one && id !== undefined && idOf(one.output) === id,
    );
    if (same) same.output = { ...same.output, content: output.content };
    else {
      this.#waiting.push({ output });
      if (this.#waiting.length > MOST_WAITING) this.#leaveOneOut();
    }
    this.#sendAllowed();
  }

  /** Says something about the cell once all that was shown before is sent. */
  announce(announcement: () => void): void {
    this.#waiting.push({ announcement });
    if (this.#waiting.length > 1 || !this.#sendFirst()) this.#schedule();
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Calls back once when all that waits now is sent, and what comes in the meantime. */
  onceEmpty(callback: () => void): void {
    this.#emptied.push(callback);
  }

  #sendAllowed(): void {
    const now = this.#edge.clock();
    const recovered = Math.floor((now - this.#refilled) / RECOVERY);
    if (recovered > 0) {
      this.#allowance = Math.min(BURST, this.#allowance + recovered);
      this.#refilled = now;
    }
    // Once outputs are being left out the event loop has to turn, or what is said of them would be said again and again.
    while (this.#allowance >= 1 && this.#waiting.length > 0 && !this.#notice) {
      this.#allowance--;
      if (!this.#sendFirst()) this.#allowance = 0;
    }
    this.#schedule();
  }

  /** `false` when the socket is busy. What cannot be sent for another reason is given up. */
  #sendFirst(): boolean {
    const [first] = this.#waiting;
    if (!first) return true;
    try {
      if ("announcement" in first) first.announcement();
      else first.output.write(first.output.content, first.output.isUpdate);
    } catch (error) {
      if (errorCode(error) === "EBUSY") return false;
    }
    this.#waiting.shift();
    if (first === this.#notice) this.#notice = undefined;
    return true;
  }

  /** One message a turn: the socket needs it to become free. */
  #schedule(): void {
    if (this.#isScheduled) return;
    if (this.#waiting.length === 0) {
      for (const callback of this.#emptied.splice(0)) callback();
      return;
    }
    this.#edge.nextTurn(() => {
      this.#isScheduled = false;
      this.#sendFirst();
      this.#schedule();
    });
    // Behind it: an interrupt of the cell may come between any two statements.
    this.#isScheduled = true;
  }

  #leaveOneOut(): void {
    const oldest = this.#waiting.findIndex((one) => "output" in one && one !== this.#notice);
    const [left] = this.#waiting.splice(oldest, 1);
    if (!left || !("output" in left)) return;
    if (!this.#notice) this.#leftOut = 0;
    this.#leftOut++;
    const content: DisplayData = { data: { "text/plain": leftOut(this.#leftOut) }, metadata: {}, transient: {} };
    const output: Output = { write: left.output.write, content, isUpdate: false };
    if (this.#notice) this.#notice.output = output;
    else {
      this.#notice = { output };
      this.#waiting.splice(oldest, 0, this.#notice);
    }
  }
}

const idOf = ({ content }: Output): string | undefined => content.transient?.display_id;

const leftOut = (count: number): string =>
  `… ${count} outputs left out: a notebook takes only so many at once. Show fewer in one go.`;

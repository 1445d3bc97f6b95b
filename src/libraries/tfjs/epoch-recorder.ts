import type { TrainingOptions, TrainingProgress } from "../integration";
import { baseCallbackOf, type LayersLibrary } from "./inject-callback";
import { isTensor, type LayersModelLike } from "./layers-model";

/** Batch or epoch logs of tfjs: numbers, or scalars that nobody has read yet. */
type Logs = Readonly<Record<string, unknown>>;

/** What `fit` and `fitDataset` resolve to. */
export interface HistoryLike {
  readonly epoch: readonly number[];
  readonly history: Readonly<Record<string, readonly unknown[]>>;
}

/** Keys of batch logs that are no metrics. */
const BATCH_POSITION = new Set(["batch", "size"]);

/** Logs whose scalars are being read. */
interface Unread {
  readonly logs: Logs;
  readonly names: readonly string[];
  readonly use: (metrics: Record<string, number>) => void;
}

/**
 * Follows one `fit` through two callbacks and tells its progress: one before those of the user, so that what an epoch has brought is recorded
 * whatever they do, and one after them. It reads, but never makes or disposes a tensor, never waits, and never yields to the event
 * loop, so the training runs as it would without it.
 */
export class EpochRecorder {
  readonly #model: LayersModelLike;
  readonly #progress: TrainingProgress;
  readonly #options: TrainingOptions;
  /** The epochs that have ended and are not told yet, with their learning rates: few, however long the training is. */
  readonly #untold = new Map<number, number | undefined>();
  /** The first epoch and the last one that have ended: all between them have. */
  #ended: { readonly first: number; readonly last: number } | undefined;
  readonly #unread = new Set<Unread>();
  /** The last epoch that was not due. */
  #skipped: { readonly epoch: number; readonly logs: Logs } | undefined;
  #steps = 0;
  #rate: number | undefined;
  /** What tfjs has put into the logs of the present epoch. */
  #epochNames: readonly string[] = [];
  #batchSize: number | undefined;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(model: LayersModelLike, progress: TrainingProgress, options: TrainingOptions) {
    this.#model = model;
    this.#progress = progress;
    this.#options = options;
  }

  /** Samples in the first batch. */
  get batchSize(): number | undefined {
    return this.#batchSize;
  }

  /** The callbacks of the user between ours. */
  around(callbacks: readonly unknown[], library: LayersLibrary): readonly unknown[] {
    // Objects with methods of their own: no class has to be made for each copy of the library.
    const callback = (methods: object) => Object.assign(new (baseCallbackOf(library))(), methods);
    const first = callback({
      onBatchEnd: (_batch: number, logs: Logs) => this.#guarded(() => this.#endBatch(logs)),
      onEpochEnd: (epoch: number, logs: Logs) => this.#guarded(() => this.#endEpoch(epoch, logs)),
    });
    const last = callback({
      onBatchBegin: () => this.#guarded(() => this.#beginBatch()),
      onBatchEnd: () => this.#guarded(() => this.#obey()),
      onEpochEnd: (epoch: number, logs: Logs) => this.#guarded(() => this.#leaveEpoch(epoch, logs)),
    });
    return [first, ...callbacks, last];
  }

  /** Tells at once what was seen and is not told yet. */
  flush(): void {
    for (const unread of this.#unread)
      this.#settle(
        unread,
        unread.names.map((name) => valueNow(unread.logs[name])),
      );
    const { epoch, logs } = this.#skipped ?? {};
    if (epoch === undefined || logs === undefined) return;
    this.#tell(epoch, numbersOf(Object.entries(logs).map(([name, value]) => [name, valueNow(value)])));
  }

  /** Tells of the epochs that are due and were not told: the last one always, and those whose values came too late. */
  async finish({ epoch: epochs, history }: HistoryLike): Promise<void> {
    await this.#reading;
    this.#skipped = undefined;
    epochs.forEach((epoch, index) => {
      if (!this.#isDue(epoch) && index !== epochs.length - 1) return;
      this.#tell(epoch, numbersOf(Object.entries(history).map(([name, values]) => [name, values[index]])));
    });
  }

  #beginBatch(): void {
    // Read here, for the user's callbacks may set it up to now and the batch is trained with it.
    const rate = this.#model.optimizer?.learningRate;
    this.#rate = typeof rate === "number" ? rate : undefined;
  }

  #endBatch(logs: Logs): void {
    if (this.#batchSize === undefined && typeof logs.size === "number") this.#batchSize = logs.size;
    const step = this.#steps++;
    const { everyNSteps } = this.#options;
    if (everyNSteps === undefined || step % everyNSteps !== 0) return;
    const names = Object.keys(logs).filter((name) => !BATCH_POSITION.has(name));
    this.#read({ logs, names, use: (metrics) => this.#progress.step(step, prefixed("batch_", metrics)) });
  }

  #endEpoch(epoch: number, logs: Logs): void {
    this.#ended = { first: this.#ended?.first ?? epoch, last: epoch };
    if (this.#skipped) this.#untold.delete(this.#skipped.epoch);
    this.#untold.set(epoch, this.#rate);
    this.#epochNames = Object.keys(logs);
    this.#skipped = this.#isDue(epoch) ? undefined : { epoch, logs };
    if (!this.#skipped) this.#read({ logs, names: this.#epochNames, use: (metrics) => this.#tell(epoch, metrics) });
  }

  /** The user's callbacks have seen the epoch: what they put into its logs is in tfjs' history, too. */
  #leaveEpoch(epoch: number, logs: Logs): void {
    this.#obey();
    const added = numbersOf(Object.entries(logs).filter(([name]) => !this.#epochNames.includes(name)));
    if (this.#isDue(epoch) && Object.keys(added).length > 0) this.#progress.epoch(epoch, added);
  }

  #isDue(epoch: number): boolean {
    return epoch % this.#options.everyNEpochs === 0;
  }

  #tell(epoch: number, metrics: Readonly<Record<string, number>>): void {
    const { first = 0, last = -1 } = this.#ended ?? {};
    const rate = this.#untold.get(epoch);
    if (!this.#untold.delete(epoch) && first <= epoch && epoch <= last) return;
    this.#progress.epoch(epoch, rate === undefined ? metrics : { ...metrics, learning_rate: rate });
  }

  #obey(): void {
    if (this.#progress.stopRequested) this.#model.stopTraining = true;
  }

  /** Reading a scalar is begun at once, before tfjs disposes it; the training does not wait for it. */
  #read(unread: Unread): void {
    const values = unread.names.map((name) => unread.logs[name]);
    this.#unread.add(unread);
    if (!values.some(isTensor)) {
      this.#settle(unread, values);
      return;
    }
    // As few promises as tfjs itself needs, which reads the same scalars for the user's callbacks next: those find the epoch told.
    const reading = Promise.all(values.map((value) => (isTensor(value) ? value.data() : [value])));
    const used = reading.then(
      (read) =>
        this.#guarded(() =>
          this.#settle(
            unread,
            read.map((data) => data[0]),
          ),
        ),
      // A scalar that is gone: finish() has the number from the history.
      () => this.#unread.delete(unread),
    );
    // Not Promise.all, whose answer would hold the one before, and so those of all epochs.
    const before = this.#reading;
    this.#reading = used.then(() => before);
  }

  #settle(unread: Unread, values: readonly unknown[]): void {
    if (!this.#unread.delete(unread)) return;
    unread.use(numbersOf(unread.names.map((name, index) => [name, values[index]])));
  }

  #guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#progress.fault(error);
    }
  }
}

/** The number in the logs of a callback, read at once where the backend can. */
function valueNow(value: unknown): unknown {
  try {
    return isTensor(value) ? value.dataSync()[0] : value;
  } catch {
    return undefined;
  }
}

const numbersOf = (entries: readonly (readonly [string, unknown])[]): Record<string, number> =>
  Object.fromEntries(entries.filter((entry): entry is readonly [string, number] => typeof entry[1] === "number"));

const prefixed = (prefix: string, metrics: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(metrics).map(([name, value]) => [prefix + name, value]));

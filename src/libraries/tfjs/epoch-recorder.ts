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

/**
 * Follows one `fit` through a callback and tells its progress. It reads, but never makes or disposes a tensor, never waits, and
 * never yields to the event loop, so the training runs as it would without it.
 */
export class EpochRecorder {
  readonly #model: LayersModelLike;
  readonly #progress: TrainingProgress;
  readonly #options: TrainingOptions;
  readonly #rates = new Map<number, number>();
  readonly #told = new Set<number>();
  #steps = 0;
  #rate: number | undefined;
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

  /** The callback to add to those of the user, as the last one. */
  callback(library: LayersLibrary): object {
    // One object with methods of its own: no class has to be made for each copy of the library.
    const callback = new (baseCallbackOf(library))();
    return Object.assign(callback, {
      onBatchBegin: () => this.#guarded(() => this.#beginBatch()),
      onBatchEnd: (_batch: number, logs: Logs) => this.#guarded(() => this.#endBatch(logs)),
      onEpochEnd: (epoch: number, logs: Logs) => this.#guarded(() => this.#endEpoch(epoch, logs)),
    });
  }

  /** Tells of the epochs that are due and were not told: the last one always, and those whose values came too late. */
  async finish({ epoch: epochs, history }: HistoryLike): Promise<void> {
    await this.#reading;
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
    this.#obey();
    if (this.#batchSize === undefined && typeof logs.size === "number") this.#batchSize = logs.size;
    const step = this.#steps++;
    const { everyNSteps } = this.#options;
    if (everyNSteps === undefined || step % everyNSteps !== 0) return;
    const entries = Object.entries(logs).filter(([name]) => !BATCH_POSITION.has(name));
    this.#read(entries, (metrics) => this.#progress.step(step, prefixed("batch_", metrics)));
  }

  #endEpoch(epoch: number, logs: Logs): void {
    this.#obey();
    if (this.#rate !== undefined) this.#rates.set(epoch, this.#rate);
    if (this.#isDue(epoch)) this.#read(Object.entries(logs), (metrics) => this.#tell(epoch, metrics));
  }

  #isDue(epoch: number): boolean {
    return epoch % this.#options.everyNEpochs === 0;
  }

  #tell(epoch: number, metrics: Readonly<Record<string, number>>): void {
    if (this.#told.has(epoch)) return;
    this.#told.add(epoch);
    const rate = this.#rates.get(epoch);
    this.#progress.epoch(epoch, rate === undefined ? metrics : { ...metrics, learning_rate: rate });
  }

  #obey(): void {
    if (this.#progress.stopRequested) this.#model.stopTraining = true;
  }

  /** Reading a scalar is begun at once, before tfjs disposes it; the training does not wait for it. */
  #read(entries: readonly (readonly [string, unknown])[], use: (metrics: Record<string, number>) => void): void {
    if (!entries.some(([, value]) => isTensor(value))) {
      use(numbersOf(entries));
      return;
    }
    const reading = entries.map(([name, value]) =>
      isTensor(value) ? value.data().then((data) => [name, data[0]] as const) : ([name, value] as const),
    );
    const used = Promise.all(reading).then(
      (read) => this.#guarded(() => use(numbersOf(read))),
      // A scalar that is gone: finish() has the number from the history.
      () => undefined,
    );
    this.#reading = Promise.all([this.#reading, used]);
  }

  #guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#progress.fault(error);
    }
  }
}

const numbersOf = (entries: readonly (readonly [string, unknown])[]): Record<string, number> =>
  Object.fromEntries(entries.filter((entry): entry is readonly [string, number] => typeof entry[1] === "number"));

const prefixed = (prefix: string, metrics: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(metrics).map(([name, value]) => [prefix + name, value]));

import { types } from "node:util";
import type { TrainingData } from "../integration";
import { isTensor, type TensorLike } from "./layers-model";

/** What is looked at of a `tf.data.Dataset`, or of what stands for one. */
interface DatasetLike {
  readonly size?: unknown;
  iterator(): PromiseLike<IteratorLike> | IteratorLike;
}

interface IteratorLike {
  next(): Promise<{ readonly value?: unknown; readonly done?: boolean }>;
}

/** Elements of a tensor up to which its values are copied in passing; of a larger one shape and type describe the data. */
const MAX_COPIED = 1_000_000;

/** A data set that looks on while its first batch passes by. */
export interface WatchedDataset {
  /** To be handed to the library in place of the user's data set, which stays untouched. */
  readonly dataset: object;
  /** A plain copy of the first batch, once it has passed. */
  firstBatch(): TrainingData | undefined;
}

/**
 * Describes a data set without iterating it: the library gets an object that hands out the user's own iterators, and only the
 * first result of the first one is looked at. Results and promises are passed on as they are, in the same order.
 * `undefined` when the value is no data set.
 */
export function watchDataset(value: unknown, context: TrainingData["context"]): WatchedDataset | undefined {
  if (!isDataset(value)) return undefined;
  let first: TrainingData | undefined;
  let watching = true;
  const watchedIterator = async (): Promise<IteratorLike> => {
    const iterator = await value.iterator();
    return {
      next: () => {
        const result = iterator.next();
        if (watching && types.isPromise(result)) {
          result.then(({ value: batch }) => (first = copyBatch(batch, context))).catch(() => undefined);
        }
        watching = false;
        return result;
      },
    };
  };
  const dataset = Object.create(value, {
    iterator: { value: () => (watching ? watchedIterator() : value.iterator()) },
    // tf.data keeps it in a field, a class of the user's own perhaps behind a private one.
    size: { value: value.size },
  }) as object;
  return { dataset, firstBatch: () => first };
}

export function isDataset(value: unknown): value is DatasetLike {
  return value !== null && typeof value === "object" && typeof (value as Partial<DatasetLike>).iterator === "function";
}

/** `{ xs, ys }` or `[xs, ys]`, each a tensor or an array or object of tensors. */
function copyBatch(batch: unknown, context: TrainingData["context"]): TrainingData | undefined {
  if (batch === null || typeof batch !== "object") return undefined;
  const { xs, ys } = (Array.isArray(batch) ? { xs: batch[0], ys: batch[1] } : batch) as { xs?: unknown; ys?: unknown };
  const data = copyTensors(xs);
  return data === undefined ? undefined : { context, data, targets: copyTensors(ys) };
}

function copyTensors(value: unknown): unknown {
  if (isTensor(value)) return copyTensor(value);
  if (Array.isArray(value)) return value.map(copyTensors);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, tensor]) => [name, copyTensors(tensor)]));
  return undefined;
}

/** A plain object with the tensor's shape, type and values, for the tensor is disposed after its batch. */
function copyTensor(tensor: TensorLike): object {
  const { dtype } = tensor;
  const shape = [...tensor.shape];
  const isCopied = shape.reduce((size, length) => size * length, 1) <= MAX_COPIED;
  const values = isCopied ? Array.prototype.slice.call(tensor.dataSync()) : [];
  return { shape, dtype, isDisposed: !isCopied, dataSync: () => values };
}

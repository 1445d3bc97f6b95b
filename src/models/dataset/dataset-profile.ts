import { sizeOfShape, type TableSample, type TensorSample, tensorTypeBytes } from "../table";
/** One value for the one array, or one for each by name. */
export type PerTensor<T> = T | Readonly<Record<string, T>>;

/** A data set's size, with MLflow's names (mlflow/data/pandas_dataset.py and numpy_dataset.py). */
export interface DatasetProfile {
  readonly num_rows: number;
  /** Cells of the features. */
  readonly num_elements: number;
  readonly features_shape?: PerTensor<readonly number[]>;
  readonly features_size?: PerTensor<number>;
  readonly features_nbytes?: PerTensor<number>;
  readonly targets_shape?: PerTensor<readonly number[]>;
  readonly targets_size?: PerTensor<number>;
  readonly targets_nbytes?: PerTensor<number>;
}

/**
 * The profile, `undefined` when not even the rows can be counted. MLflow's page shows the first two for arrays as well.
 */
export function profileOf(features: TableSample, targets?: TableSample): DatasetProfile | undefined {
  if (features.rows === undefined) return undefined;
  return {
    num_rows: features.rows,
    num_elements: countElements(features),
    ...(features.kind === "tensors" ? tensorProfile("features", features.tensors) : {}),
    ...(features.kind === "tensors" && targets?.kind === "tensors" ? tensorProfile("targets", targets.tensors) : {}),
  };
}

function countElements(table: TableSample): number {
  if (table.kind === "opaque") return 0;
  if (table.kind === "columns") return table.rows * table.columns.length;
  return table.tensors.reduce((sum, { shape }) => sum + sizeOfShape(shape), 0);
}

function tensorProfile(part: "features" | "targets", tensors: readonly TensorSample[]): Partial<DatasetProfile> {
  return {
    [`${part}_shape`]: perTensor(tensors, ({ shape }) => shape),
    [`${part}_size`]: perTensor(tensors, ({ shape }) => sizeOfShape(shape)),
    [`${part}_nbytes`]: perTensor(tensors, ({ shape, dtype }) => sizeOfShape(shape) * tensorTypeBytes(dtype)),
  };
}

function perTensor<T>(tensors: readonly TensorSample[], measure: (tensor: TensorSample) => T): PerTensor<T> {
  const [first] = tensors;
  if (tensors.length === 1 && first && first.name === undefined) return measure(first);
  return Object.fromEntries(tensors.map((tensor, index) => [tensor.name ?? String(index), measure(tensor)]));
}

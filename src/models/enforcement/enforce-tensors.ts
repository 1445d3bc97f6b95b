import { InvalidInputError, messages } from "../../core";
import {
  tensorTypeOfColumn,
  type ColumnType,
  sizeOfShape,
  type ColumnSample,
  type TensorSample,
  isTypedArray,
} from "../table";
import { showSchema, type TensorSpec } from "../signature";
import { chooseInputs } from "./choose-inputs";
import type { KnownTable } from "./enforce-columns";
import { packElements } from "./pack-elements";

/**
 * The tensors of a signature in its order: shapes compared (−1: any length), elements brought to the signature's type.
 *
 * @throws InvalidInputError naming the input, what came and what is accepted.
 */
export function enforceTensors(specs: readonly TensorSpec[], table: KnownTable): readonly TensorSample[] {
  const accepted = () => showSchema({ kind: "tensors", tensors: specs });
  const [only] = specs;
  if (only && only.name === undefined) return [enforceTensor(only, single(only, table, accepted), accepted)];
  const came = table.kind === "tensors" ? byPositionOrName(specs, table.tensors) : table.columns;
  const chosen = chooseInputs<TensorSample | ColumnSample>(specs, came, accepted);
  return specs.map((spec, index) => {
    const input = chosen[index] as TensorSample | ColumnSample;
    const tensor = "shape" in input ? input : tensorOfColumns([input], table.rows, spec);
    return enforceTensor(spec, tensor, accepted);
  });
}

/** A list of tensors (named by their place) for inputs that have names. */
function byPositionOrName(specs: readonly TensorSpec[], came: readonly TensorSample[]): readonly TensorSample[] {
  const isList = came.length === specs.length && came.every(({ name }, index) => name === String(index));
  return isList ? came.map((tensor, index) => ({ ...tensor, name: specs[index]?.name })) : came;
}

function single(spec: TensorSpec, table: KnownTable, accepted: () => string): TensorSample {
  if (table.kind === "columns") return tensorOfColumns(table.columns, table.rows, spec);
  const [tensor, ...more] = table.tensors as readonly [TensorSample];
  if (more.length > 0) throw new InvalidInputError(messages.fewerInputs(table.tensors.length, 1, accepted()));
  return tensor;
}

/** Columns side by side, or one column whose cells are lists; single values fill as many dimensions of length 1 as there are. */
function tensorOfColumns(columns: readonly ColumnSample[], rows: number, spec: TensorSpec): TensorSample {
  const [first] = columns as readonly [ColumnSample];
  if (columns.length === 1 && isList(first.values[0])) return tensorOfLists(first.values, spec);
  const inner = spec.shape.slice(1);
  const isOne = columns.length === 1 && inner.every((length) => length === 1 || length === -1);
  const shape = isOne ? [rows, ...inner.map(() => 1)] : [rows, columns.length];
  const values: unknown[] = [];
  for (let row = 0; row < rows; row++) for (const column of columns) values.push(column.values[row]);
  const [type, ...others] = new Set(columns.map((column) => column.type?.type));
  const dtype = type && others.length === 0 ? tensorTypeOfColumn({ type } as ColumnType) : "object";
  return { dtype, shape, values: values as TensorSample["values"] };
}

const isList = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || isTypedArray(value);

function tensorOfLists(cells: ArrayLike<unknown>, spec: TensorSpec): TensorSample {
  const shape: number[] = [];
  for (let level: unknown = cells; isList(level); level = level[0]) shape.push(level.length);
  const values: unknown[] = [];
  const fill = (level: unknown, depth: number): void => {
    const length = isList(level) ? level.length : undefined;
    if (length !== shape[depth]) throw ragged(spec, shape);
    if (isList(level)) for (let index = 0; index < level.length; index++) fill(level[index], depth + 1);
    else values.push(level);
  };
  fill(cells, 0);
  return { dtype: "object", shape, values: values as TensorSample["values"] };
}

const ragged = ({ name, shape }: TensorSpec, came: readonly number[]): InvalidInputError =>
  new InvalidInputError(
    messages.unfitShape(name, came, `[${shape.join(", ")}]`, "its lists differ in length or depth."),
  );

function enforceTensor(spec: TensorSpec, tensor: TensorSample, accepted: () => string): TensorSample {
  const { name, dtype, shape } = spec;
  const came = tensor.shape;
  const fits = came.length === shape.length && shape.every((length, axis) => length === -1 || length === came[axis]);
  if (!fits) throw new InvalidInputError(messages.unfitShape(name, came, accepted(), shapeHint(shape, came)));
  if (tensor.values.length < sizeOfShape(came))
    throw new InvalidInputError(messages.noInput(`a tensor of ${tensor.dtype}`, "is a tensor that was disposed"));
  return {
    ...(name === undefined ? {} : { name }),
    dtype,
    shape: came,
    values: packElements(spec, tensor),
  };
}

function shapeHint(shape: readonly number[], came: readonly number[]): string | undefined {
  if (came.length !== shape.length - 1 || shape[0] !== -1) return undefined;
  const isRow = came.every((length, axis) => shape[axis + 1] === -1 || shape[axis + 1] === length);
  return isRow ? "one row is a list of one: [row]." : undefined;
}

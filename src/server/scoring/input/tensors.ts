import { messages } from "../../../core";
import {
  type PredictionInput,
  type Schema,
  sizeOfShape,
  type TensorSample,
  type TensorSpec,
  type TensorType,
  TYPED_ARRAYS,
} from "../../../models";
import { type Cast, type Overflow, tensorCast } from "../casts";
import { RefusedRequest, schemaRefusal } from "../../refused-request";
import type { Frame, FrameColumn } from "../request";
import { checkPresence, refusedCell } from "./columns";

/** The schema of a model that takes tensors. */
export type Tensors = Extract<Schema, { kind: "tensors" }>;

/** NumPy's limit. */
export const MAX_DIMENSIONS = 64;

/**
 * Nested lists as the model takes them.
 *
 * @throws RefusedRequest when a list is ragged, an element cannot be cast or the shape is another
 */
export function tensorOfLists(spec: TensorSpec, value: unknown): TensorSample {
  const shape = shapeOf(value, spec);
  if (!fits(shape, spec.shape)) {
    // Ragged lists and elements of other types are told first, as NumPy does.
    flatten(value, shape, spec, "refused");
    throw schemaRefusal(messages.badShape(nameOf(spec), shape, spec.shape));
  }
  return { name: spec.name, dtype: spec.dtype, shape, values: flatten(value, shape, spec, "refused") };
}

function shapeOf(value: unknown, spec: TensorSpec): readonly number[] {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
    if (shape.length > MAX_DIMENSIONS) throw new RefusedRequest(messages.ragged(nameOf(spec)));
  }
  return shape;
}

const fits = (shape: readonly number[], expected: readonly number[]): boolean =>
  shape.length === expected.length && expected.every((length, axis) => length === -1 || length === shape[axis]);

function flatten(
  value: unknown,
  shape: readonly number[],
  spec: TensorSpec,
  overflow: Overflow,
): TensorSample["values"] {
  checkLengths(value, shape, 0, spec);
  const cast = tensorCast(spec.dtype, overflow);
  // Only now is it known that there are as many elements as the shape says.
  const values = arrayOf(spec.dtype, sizeOfShape(shape)) as unknown[];
  let at = 0;
  const visit = (level: unknown): void => {
    if (Array.isArray(level)) for (const item of level) visit(item);
    else values[at++] = castElement(level, cast, spec);
  };
  visit(value);
  return values as TensorSample["values"];
}

function checkLengths(level: unknown, shape: readonly number[], depth: number, spec: TensorSpec): void {
  const isList = Array.isArray(level);
  if (isList !== depth < shape.length || (isList && level.length !== shape[depth]))
    throw new RefusedRequest(messages.ragged(nameOf(spec)));
  if (isList) for (const item of level) checkLengths(item, shape, depth + 1, spec);
}

function castElement(value: unknown, cast: Cast, spec: TensorSpec): unknown {
  try {
    return cast(value);
  } catch (cause) {
    throw refusedCell(cause, value, `An element of ${nameOf(spec)}`, spec.dtype);
  }
}

const arrayOf = (dtype: TensorType, size: number): TensorSample["values"] | unknown[] =>
  new (TYPED_ARRAYS[dtype as keyof typeof TYPED_ARRAYS] ?? Array)(size);

const nameOf = ({ name }: TensorSpec): string => (name === undefined ? "the input" : JSON.stringify(name));

/**
 * A table as a model takes it that wants tensors: each column is a tensor, or a table of single values is one.
 *
 * @throws RefusedRequest when the table does not fit
 */
export function tensorsOfFrame({ tensors }: Tensors, frame: Frame): PredictionInput {
  const [first] = tensors as readonly [TensorSpec];
  if (first.name === undefined) return { kind: "tensors", rows: frame.rows, tensors: [unnamedTensor(first, frame)] };
  const byLabel = new Map(frame.columns.map((column) => [column.label, column] as const));
  checkPresence(tensors, [...byLabel.keys()]);
  const named = tensors.map((spec) => tensorOfColumn(spec, byLabel.get(spec.name) as FrameColumn));
  return { kind: "tensors", rows: frame.rows, tensors: named };
}

function unnamedTensor(spec: TensorSpec, { columns, rows }: Frame): TensorSample {
  const [only] = columns;
  if (!only) throw schemaRefusal(messages.unfitInput("The table is empty.", "at least one row"));
  if (rows === 0) throw new RefusedRequest(messages.badFrame("the table", "it has no rows"));
  if (columns.length === 1) return tensorOfColumn(spec, only);
  const shape = [rows, columns.length];
  if (!fits(shape, spec.shape)) throw schemaRefusal(messages.badShape("the table", shape, spec.shape));
  const cells = columns.map((column) => column.cells());
  return {
    dtype: spec.dtype,
    shape,
    values: flatten(
      Array.from({ length: rows }, (_, row) => cells.map((column) => column[row])),
      shape,
      spec,
      "wraps",
    ),
  };
}

function tensorOfColumn(spec: TensorSpec, column: FrameColumn): TensorSample {
  const [rowsLength, ...inner] = spec.shape;
  if (rowsLength !== -1 || inner.includes(-1))
    throw schemaRefusal(messages.unfitInput(`A table cannot hold ${nameOf(spec)}.`, "inputs or instances"));
  const cells = column.cells();
  const shape = [cells.length, ...inner];
  const size = inner.reduce((product, length) => product * length, 1);
  if (!Array.isArray(cells[0])) {
    if (size !== 1 || inner.length > 1)
      throw schemaRefusal(messages.badShape(nameOf(spec), [cells.length], spec.shape));
    return { name: spec.name, dtype: spec.dtype, shape, values: flatten(cells, [cells.length], spec, "wraps") };
  }
  if (cells.some((cell) => !Array.isArray(cell) || cell.length !== size || cell.some(Array.isArray)))
    throw schemaRefusal(
      messages.unfitInput(
        `The lists in column ${nameOf(spec)} do not fit.`,
        `a flat list of ${size} values in each row`,
      ),
    );
  return { name: spec.name, dtype: spec.dtype, shape, values: flatten(cells, [cells.length, size], spec, "wraps") };
}

/**
 * Looks whether lists of lists are a rectangle, without a signature.
 *
 * @throws RefusedRequest when they are ragged
 */
export function checkRectangular(value: unknown): void {
  const spec: TensorSpec = { dtype: "object", shape: [] };
  const shape = shapeOf(value, spec);
  if (shape.length > 1) flatten(value, shape, spec, "refused");
}

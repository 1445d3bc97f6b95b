import { InvalidInputError, messages } from "../../core";
import {
  columnTypeOfTensor,
  isMissing,
  type ColumnType,
  type DataType,
  type ColumnSample,
  type TableSample,
  type TensorSample,
} from "../table";
import { type ColumnSpec, showSchema } from "../signature";
import { chooseInputs } from "./choose-inputs";
import { acceptedBy, FITS, misfitOf } from "./fit";
import { nest } from "./nest";

/** A table that holds something. */
export type KnownTable = Exclude<TableSample, { kind: "opaque" }>;

/**
 * The columns of a table in the order of the signature, each cell looked at.
 *
 * @throws InvalidInputError naming the column, what came and what is accepted.
 */
export function enforceColumns(specs: readonly ColumnSpec[], table: KnownTable): readonly ColumnSample[] {
  const accepted = () => showSchema({ kind: "columns", columns: specs });
  const chosen = chooseInputs(specs, columnsOf(table, specs), accepted);
  return specs.map((spec, index): ColumnSample => {
    const { name, type } = spec;
    const column = chosen[index];
    const place = name ?? index;
    return {
      ...(name === undefined ? {} : { name }),
      type,
      values: column ? enforceColumn(spec, column, table.rows, place) : new Array<null>(table.rows).fill(null),
    };
  });
}

/** Tensors as columns: one for each name, or one for each place in a row. */
function columnsOf(table: KnownTable, specs: readonly ColumnSpec[]): readonly ColumnSample[] {
  if (table.kind === "columns") return table.columns;
  const [only, ...more] = table.tensors as readonly [TensorSample];
  if (more.length > 0 || only.name !== undefined) return table.tensors.map(tensorColumn);
  const width = only.shape[1];
  if (width === undefined || only.shape.length > 2 || specs.some(({ type }) => type.type === "array"))
    return [tensorColumn(only)];
  const { values } = only;
  return Array.from({ length: width }, (_, column) => ({
    type: typeOf(only),
    values: Array.from({ length: table.rows }, (__, row): unknown => values[row * width + column]),
  }));
}

function tensorColumn(tensor: TensorSample): ColumnSample {
  const { name, shape, values } = tensor;
  const isFlat = shape.length <= 1;
  return {
    ...(name === undefined ? {} : { name }),
    ...(isFlat && { type: typeOf(tensor) }),
    values: isFlat ? values : nest(values, shape),
  };
}

/** Of plain numbers it is the value that counts, not that they are doubles. */
const typeOf = ({ dtype }: TensorSample): ColumnType | undefined =>
  dtype === "float64" || dtype === "object" ? undefined : columnTypeOfTensor(dtype);

/** Where a column says of what type it is (a typed array): what it may be taken for without a look at its cells. */
const WIDENS_TO: Readonly<Partial<Record<ColumnType["type"], readonly DataType[]>>> = {
  integer: ["integer", "long", "double"],
  long: ["long", "double"],
  float: ["float", "double"],
};

function enforceColumn(
  { type, required }: ColumnSpec,
  { type: known, values }: ColumnSample,
  rows: number,
  column: string | number,
): ArrayLike<unknown> {
  const target = type.type;
  const widens = known && target !== "any" ? WIDENS_TO[known.type] : undefined;
  if (widens && !widens.includes(target as DataType))
    throw new InvalidInputError(messages.unfitColumn({ column }, known?.type ?? "", acceptedBy(type)));
  const fits = target in FITS ? FITS[target as DataType] : undefined;
  let copy: unknown[] | undefined;
  for (let row = 0; row < rows; row++) {
    const value = values[row];
    if (fits?.(value)) continue;
    if (!isMissing(value)) {
      const misfit = misfitOf(value, type);
      if (!misfit) continue;
      const { path, value: received, accepted, hint } = misfit;
      throw new InvalidInputError(messages.unfitCell({ column, row, path }, received, accepted, hint));
    }
    const isNumber = target === "double" || target === "float";
    if (required && !isNumber) throw new InvalidInputError(messages.missingCell({ column, row }, acceptedBy(type)));
    copy ??= Array.from(values);
    copy[row] = required ? Number.NaN : null;
  }
  return copy ?? values;
}

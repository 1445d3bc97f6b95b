import { types } from "node:util";
import { isMissing, type ColumnType, type DataType, type PropertyType } from "../column-type";

/** What is looked at of a type of Apache Arrow, of whichever version. */
export interface ArrowType {
  /** A number of {@link ARROW}. */
  readonly typeId: number;
  readonly bitWidth?: number;
  readonly isSigned?: boolean;
  /** Of a float: half, single or double. */
  readonly precision?: number;
  /** Of a decimal. */
  readonly scale?: number;
  /** Of a nested type. */
  readonly children?: readonly ArrowField[];
  /** Of a dictionary: what its entries are. */
  readonly dictionary?: ArrowType;
}

/** What is looked at of a field of Apache Arrow. */
export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
}

/** What is looked at of a vector of Apache Arrow: one column. */
export interface ArrowVector {
  readonly type: ArrowType;
  readonly length: number;
  readonly nullCount: number;
  get(index: number): unknown;
  /** Of a nested one: the vector of all cells' parts. */
  getChildAt?(index: number): ArrowVector | null;
}

/** Arrow's own numbers of its types (format/Schema.fbs, union Type; the dictionary's is apache-arrow's). */
const ARROW = {
  dictionary: -1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  timestamp: 10,
  list: 12,
  struct: 13,
  fixedSizeBinary: 15,
  fixedSizeList: 16,
  map: 17,
  largeBinary: 19,
  largeUtf8: 20,
} as const;

const SIMPLE: Readonly<Record<number, DataType>> = {
  [ARROW.binary]: "binary",
  [ARROW.fixedSizeBinary]: "binary",
  [ARROW.largeBinary]: "binary",
  [ARROW.utf8]: "string",
  [ARROW.largeUtf8]: "string",
  [ARROW.bool]: "boolean",
  [ARROW.decimal]: "double",
  [ARROW.date]: "datetime",
  [ARROW.timestamp]: "datetime",
};

/** MLflow's type of an Arrow column; `undefined` for what Arrow alone knows (times of day, unions …): there the cells tell. */
export function columnTypeOfArrow(type: ArrowType, vector?: ArrowVector | null): ColumnType | undefined {
  const { typeId, dictionary, bitWidth = 32, isSigned = true, precision, children = [] } = type;
  if (typeId === ARROW.dictionary && dictionary) return columnTypeOfArrow(dictionary);
  if (typeId === ARROW.int) return { type: bitWidth < 32 || (bitWidth === 32 && isSigned) ? "integer" : "long" };
  if (typeId === ARROW.float) return { type: precision === 2 ? "double" : "float" };
  if (typeId === ARROW.struct) return typeOfStruct(children, vector);
  if (typeId === ARROW.list || typeId === ARROW.fixedSizeList) {
    const items = children[0] && columnTypeOfArrow(children[0].type, vector?.getChildAt?.(0));
    return { type: "array", items: items ?? { type: "any" } };
  }
  const simple = SIMPLE[typeId];
  return simple && { type: simple };
}

function typeOfStruct(fields: readonly ArrowField[], vector?: ArrowVector | null): ColumnType {
  const properties = fields.map(({ name, type }, index): [string, PropertyType] => {
    const part = vector?.getChildAt?.(index);
    // Arrow calls nearly every field nullable; what counts is whether a value is missing.
    return [name, { ...(columnTypeOfArrow(type, part) ?? { type: "any" }), required: part?.nullCount === 0 }];
  });
  return { type: "object", properties: Object.fromEntries(properties) };
}

/** A cell as programs without Arrow write it: dates, bytes, arrays and objects of their own. */
export function plainArrowCell(value: unknown, type: ArrowType): unknown {
  if (isMissing(value)) return value;
  const { typeId, dictionary, children = [], scale = 0 } = type;
  switch (typeId) {
    case ARROW.dictionary:
      return dictionary ? plainArrowCell(value, dictionary) : value;
    case ARROW.date:
    case ARROW.timestamp:
      return types.isDate(value) ? value : new Date(Number(value));
    case ARROW.binary:
    case ARROW.fixedSizeBinary:
    case ARROW.largeBinary:
      return Buffer.from(value as Uint8Array);
    case ARROW.decimal:
      return Number(String(value)) / 10 ** scale;
    case ARROW.list:
    case ARROW.fixedSizeList:
      return Array.from(value as Iterable<unknown>, (item) =>
        children[0] ? plainArrowCell(item, children[0].type) : item,
      );
    case ARROW.struct: {
      const row = (value as { toJSON(): Readonly<Record<string, unknown>> }).toJSON();
      return Object.fromEntries(children.map(({ name, type: part }) => [name, plainArrowCell(row[name], part)]));
    }
    case ARROW.map:
      return (value as { toJSON(): unknown }).toJSON();
    default:
      return value;
  }
}

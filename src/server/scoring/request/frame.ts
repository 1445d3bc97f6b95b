import { messages, showValue } from "../../../core";
import { RefusedRequest } from "../../refused-request";

/** A table as a request gives it. */
export interface Frame {
  readonly rows: number;
  /** A label that is no text is a position, or the sender's own. */
  readonly columns: readonly FrameColumn[];
}

/** One column of a {@link Frame}. */
export interface FrameColumn {
  readonly label: unknown;
  /**
   * Its cells, one for each row; `null` where none was sent. Made when they are asked for: sparse rows of few bytes may stand for more
   * cells than memory holds.
   */
  readonly cells: () => readonly unknown[];
}

type Json = Readonly<Record<string, unknown>>;
type Rows = readonly (readonly unknown[])[];

/** True for an object of JSON: neither a list nor `null`. */
export const isJsonObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * `{columns?, data, index?}`, read as `pandas.DataFrame(index=…, columns=…, data=…)` reads it: rows that are too short are filled up.
 *
 * @throws RefusedRequest when it is no table
 */
export function frameOfSplit(split: unknown): Frame {
  if (!isJsonObject(split)) throw badSplit(`an object was expected, and ${kindOf(split)} came`);
  const extra = Object.keys(split).filter((key) => !["columns", "data", "index"].includes(key));
  if (!Object.hasOwn(split, "data") || extra.length > 0)
    throw badSplit(
      extra.length > 0 ? `it has ${extra.slice(0, 5).map(showValue).join(", ")} besides` : "it has no data",
    );
  const labels = listOf(split.columns, "columns");
  const odd = labels?.find((label) => typeof label === "object");
  if (odd !== undefined) throw badSplit(`the name of a column is ${kindOf(odd)}`);
  const frame = frameOfData(split.data, labels);
  const index = listOf(split.index, "index");
  if (index && index.length !== frame.rows) throw badSplit(`index has ${index.length} entries for ${frame.rows} rows`);
  return frame;
}

/**
 * `[{name: value}, …]`, the columns being all names that some record has; or rows without names.
 *
 * @param field of the request that holds them
 * @throws RefusedRequest when it is no table
 */
export function frameOfRecords(records: unknown, field = "dataframe_records"): Frame {
  const refuse = (reason: string) => new RefusedRequest(messages.badFrame(field, reason));
  if (!Array.isArray(records)) throw refuse(`a list was expected, and ${kindOf(records)} came`);
  if (!isJsonObject(records[0])) return frameOfRows(records, undefined, refuse);
  return frameOfObjects(records, undefined, refuse);
}

function frameOfData(data: unknown, labels: readonly unknown[] | undefined): Frame {
  if (data === null) return frameOfRows([], labels, badSplit);
  if (isJsonObject(data)) return frameOfColumns(data, labels);
  if (!Array.isArray(data)) throw badSplit(`data is ${kindOf(data)}`);
  return isJsonObject(data[0]) ? frameOfObjects(data, labels, badSplit) : frameOfRows(data, labels, badSplit);
}

type Refuse = (reason: string) => RefusedRequest;

function frameOfRows(data: readonly unknown[], labels: readonly unknown[] | undefined, refuse: Refuse): Frame {
  const isSingle = data.length > 0 && !data.some(Array.isArray);
  if (!isSingle && !data.every(Array.isArray)) throw refuse("some rows are lists and some are not");
  const width = isSingle ? 1 : (data as Rows).reduce((most, row) => Math.max(most, row.length), 0);
  if (labels && labels.length !== width && data.length > 0)
    throw refuse(`${labels.length} columns are named, and the data have ${width}`);
  const names: readonly unknown[] = labels ?? Array.from({ length: width }, (_, position) => position);
  const cellsOf = (position: number): readonly unknown[] =>
    isSingle ? data : (data as Rows).map((row) => (position < row.length ? row[position] : null));
  return { rows: data.length, columns: names.map((label, position) => ({ label, cells: () => cellsOf(position) })) };
}

function frameOfObjects(records: readonly unknown[], labels: readonly unknown[] | undefined, refuse: Refuse): Frame {
  const names = new Set<unknown>();
  for (const [row, record] of records.entries()) {
    if (!isJsonObject(record)) throw refuse(`row ${row} is ${kindOf(record)}, and not a record`);
    if (!labels) for (const name of Object.keys(record)) names.add(name);
  }
  const cellsOf = (label: unknown): readonly unknown[] =>
    (records as readonly Json[]).map((record) =>
      Object.hasOwn(record, label as string) ? record[label as string] : null,
    );
  return {
    rows: records.length,
    columns: (labels ?? [...names]).map((label) => ({ label, cells: () => cellsOf(label) })),
  };
}

function frameOfColumns(data: Json, labels: readonly unknown[] | undefined): Frame {
  const lists = Object.entries(data).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const rows = lists[0]?.[1].length;
  if (rows === undefined || lists.some(([, cells]) => cells.length !== rows))
    throw badSplit(rows === undefined ? "data holds no list" : "the lists of data differ in length");
  const cellsOf = (label: unknown): readonly unknown[] => {
    const given = Object.hasOwn(data, label as string) ? data[label as string] : null;
    return Array.isArray(given) ? given : Array.from({ length: rows }, () => given);
  };
  return { rows, columns: (labels ?? Object.keys(data)).map((label) => ({ label, cells: () => cellsOf(label) })) };
}

function listOf(value: unknown, what: string): readonly unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw badSplit(`${what} is ${kindOf(value)}, and not a list`);
  return value;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

const badSplit: Refuse = (reason) => new RefusedRequest(messages.badFrame("dataframe_split", reason));

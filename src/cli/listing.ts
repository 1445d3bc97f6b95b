import { singleLine } from "../view";
import type { ListingOptions } from "./command";
import { csvLines } from "./csv-lines";
import type { Session } from "./session";

/** A column of a listing's plain and CSV forms. */
export interface ListingColumn<Row> {
  readonly head: string;
  readonly value: (row: Row) => string | number | undefined;
}

/** Rows, and each form that they can be printed in. */
export interface Listing<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly ListingColumn<Row>[];
  /** A row as MLflow's JSON has it. */
  readonly json: (row: Row) => unknown;
  /** All rows as people read them on a terminal. */
  readonly human: () => string;
}

/**
 * Prints a listing: as JSON or CSV where asked for, as a table on a terminal, else one line a row with tabs between whole values,
 * times in ISO 8601.
 */
export function printListing<Row>(listing: Listing<Row>, options: ListingOptions, session: Session): void {
  session.print(formOf(listing, options, session));
}

function formOf<Row>({ rows, columns, json, human }: Listing<Row>, options: ListingOptions, session: Session): string {
  if (options.json) return JSON.stringify(rows.map(json), null, 2);
  if (session.isTerminal && !options.csv) return human();
  const heads = columns.map(({ head }) => head);
  const lines = [heads, ...rows.map((row) => columns.map(({ value }) => String(value(row) ?? "")))];
  return options.csv ? csvLines(lines) : lines.map((line) => line.map(singleLine).join("\t")).join("\n");
}

/** Epoch milliseconds in ISO 8601. */
export const isoTime = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();

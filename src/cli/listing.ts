import { InvalidInputError, messages } from "../core";
import { singleLine } from "../view";
import type { ListingOptions } from "./command";
import { csvLines } from "./csv";
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
  if (options.json && options.csv)
    throw new InvalidInputError(messages.givenTwice("The form", "--json", "--csv"));
  const { rows, columns } = listing;
  if (options.json) return session.print(JSON.stringify(rows.map(listing.json), null, 2));
  const heads = columns.map(({ head }) => head);
  const values = rows.map((row) => columns.map(({ value }) => String(value(row) ?? "")));
  if (options.csv) return session.print(csvLines([heads, ...values]));
  if (session.isTerminal) return session.print(listing.human());
  session.print([heads, ...values].map((line) => line.map(singleLine).join("\t")).join("\n"));
}

/** Epoch milliseconds in ISO 8601. */
export const isoTime = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();

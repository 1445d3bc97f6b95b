import type { ColumnSpec } from "../../../models";
import { CastFault, type Cast } from "./cast-fault";
import { columnCast } from "./column-cast";

const WHOLE = /^\s*([+-]?\d+)\.0*\s*$/;
const TRUTH: Readonly<Record<string, boolean>> = { true: true, false: false, "1": true, "0": false };

/** How the texts of a CSV become what a column holds; stricter than the casts of JSON, as pandas' reader is. */
export function csvCast(spec: ColumnSpec): Cast {
  const prepare = PREPARATIONS[spec.type.type];
  const cast = columnCast(spec, "refused");
  return prepare ? (text) => cast(prepare(text as string | null)) : cast;
}

const toTruth = (text: string | null): boolean => {
  const truth = text === null ? undefined : truthOf(text);
  if (truth === undefined) throw new CastFault(text === null ? "it is missing" : "the text is neither true nor false");
  return truth;
};

const truthOf = (text: string): boolean | undefined =>
  Object.hasOwn(TRUTH, text.toLowerCase()) ? TRUTH[text.toLowerCase()] : undefined;

const withoutFraction = (text: string | null): string | null =>
  text === null ? null : withoutUnderscore(text).replace(WHOLE, "$1");

const withTruth = (text: string | null): string | boolean | null => {
  if (text !== null && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return text === null ? null : withoutUnderscore(text);
};

function withoutUnderscore(text: string): string {
  if (text.includes("_")) throw new CastFault("the text is no number");
  return text;
}

const PREPARATIONS: Readonly<Record<string, (text: string | null) => unknown>> = {
  boolean: toTruth,
  integer: withoutFraction,
  long: withoutFraction,
  float: withTruth,
  double: withTruth,
};

/** The cells of a column that no signature describes: numbers where all are, true and false where all are, else texts. */
export function inferCells(cells: readonly unknown[]): readonly unknown[] {
  const given = cells.filter((cell): cell is string => cell !== null);
  if (given.length > 0 && given.every((text) => text.trim() !== "" && Number.isFinite(Number(text))))
    return cells.map((cell) => (cell === null ? null : Number(cell)));
  if (given.length > 0 && given.every((text) => /^(true|false)$/i.test(text)))
    return cells.map((cell) => (cell === null ? null : (cell as string).toLowerCase() === "true"));
  return cells;
}

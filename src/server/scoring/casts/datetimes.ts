import { CastFault, type Cast } from "./cast-fault";

const ISO =
  /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/i;
const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
const NAMED_MONTH = new RegExp(`^(?:${MONTH}\\.?\\s+\\d{1,2},?|\\d{1,2}\\s+${MONTH}\\.?,?)\\s+\\d{4}$`, "i");

/**
 * A point in time, without a zone in UTC: a date of ISO 8601, `MM/DD/YYYY` or `2 Jan 2024`, with a time of day or not, or
 * nanoseconds since 1970. Nothing and the empty text are no time.
 */
export const toDatetime: Cast = (value) => {
  if (value === null) return null;
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  if (typeof value === "number" || typeof value === "bigint") return fromNanoseconds(value);
  if (typeof value !== "string") throw new CastFault("it is no date");
  const text = value.trim();
  return text === "" ? null : parseDate(text);
};

function fromNanoseconds(value: number | bigint): Date {
  const ms = typeof value === "bigint" ? Number(value / 1_000_000n) : Math.floor(value / 1_000_000);
  return valid(new Date(ms));
}

function parseDate(text: string): Date {
  const iso = ISO.exec(text);
  if (iso) return fromParts(iso);
  const american = AMERICAN.exec(text);
  if (american) return fromParts([text, american[3], american[1], american[2]]);
  if (NAMED_MONTH.test(text)) return valid(new Date(`${text} UTC`));
  throw new CastFault("the text is no date");
}

type Part = string | undefined;

/** Checked, for `Date.UTC` takes the 45th of a month for a day of the next. */
function fromParts([
  ,
  year,
  month = "1",
  day = "1",
  hour = "0",
  minute = "0",
  second = "0",
  fraction = "",
  zone,
]: readonly Part[]): Date {
  const numbers = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [y, mo, d, h, mi, s] = numbers;
  const date = new Date(0);
  date.setUTCFullYear(y, mo - 1, d);
  if (date.getUTCMonth() !== mo - 1 || date.getUTCDate() !== d || h > 23 || mi > 59 || s > 59)
    throw new CastFault("there is no such day or time");
  date.setUTCHours(h, mi, s, Number(fraction.padEnd(3, "0").slice(0, 3)));
  return new Date(date.getTime() - offsetOf(zone));
}

function offsetOf(zone: Part): number {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const [, sign, hours, minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) as RegExpExecArray;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function valid(date: Date): Date {
  if (Number.isNaN(date.getTime())) throw new CastFault("it is no date");
  return date;
}

const SIGNIFICANT = 4;

/**
 * A number in at most four significant digits: `0.0835`, `1.235e4`, `1.2e-5`, `NaN`, `∞`, `-∞`. Numbers that four digits
 * hold exactly stay positional up to a million: `32`, `250000`.
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
  }
  const short = value.toPrecision(SIGNIFICANT);
  const rounded = Number(short);
  const size = Math.abs(rounded);
  if (rounded === 0) {
    return "0";
  }
  const isPositional = size >= 1e-4 && (size < 1e4 || (rounded === value && size <= 1e6));
  if (isPositional) {
    return String(rounded);
  }
  // The largest doubles round up to what is none any more.
  return (size === Number.POSITIVE_INFINITY ? short : rounded.toExponential()).replace("e+", "e");
}

const DECIMAL = /^[-+]?(\d*\.\d+)(?:e[-+]?\d+)?$/i;

/**
 * A param as tables show it: a decimal number of more than four significant digits in four, `0.007143` of `0.0071428571428571435`, where that
 * costs no digit before the point; anything else, whole numbers, versions and ids too, as it was logged.
 */
export function formatParam(text: string): string {
  const digits = DECIMAL.exec(text)?.[1]?.replace(".", "").replace(/^0+/, "") ?? "";
  if (digits.length <= SIGNIFICANT) return text;
  const value = Number(text);
  const short = formatNumber(value);
  const isShortened = Math.abs(value) < 10 ** SIGNIFICANT && Number(short) !== value;
  return isShortened ? short : text;
}

/**
 * A column of numbers with the decimal points below each other, where four significant digits of the largest allow it without
 * hiding a smaller one; otherwise each by itself as {@link formatNumber}. `undefined` stays.
 */
export function formatColumn(values: readonly (number | undefined)[]): readonly (string | undefined)[] {
  const finite = values.filter((value): value is number => value !== undefined && Number.isFinite(value));
  const decimals = commonDecimals(finite);
  return values.map((value) => {
    if (value === undefined) {
      return undefined;
    }
    return decimals === undefined || !Number.isFinite(value)
      ? formatNumber(value)
      : withoutMinusZero(value.toFixed(decimals));
  });
}

/** Whether {@link formatColumn} sets these numbers to one count of decimals. */
export function isAlignable(values: readonly (number | undefined)[]): boolean {
  return (
    commonDecimals(values.filter((value): value is number => value !== undefined && Number.isFinite(value))) !==
    undefined
  );
}

function commonDecimals(finite: readonly number[]): number | undefined {
  const plain = finite.map(formatNumber);
  if (finite.length === 0 || plain.some((text) => text.includes("e"))) {
    return undefined;
  }
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const whole = largest >= 1 ? String(Math.trunc(largest)).length : 0;
  const wanted = plain.reduce((most, text) => Math.max(most, text.split(".")[1]?.length ?? 0), 0);
  const decimals = Math.min(wanted, Math.max(0, SIGNIFICANT - whole));
  const isLegible = finite.every(
    (value) => value === 0 || Number.isInteger(value) || Math.abs(value) >= 10 ** (2 - decimals),
  );
  return isLegible ? decimals : undefined;
}

function withoutMinusZero(text: string): string {
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** A count, from five digits on in groups of three: `1204`, `12 004`; the separator is a narrow no-break space. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) {
    return formatNumber(count);
  }
  const digits = String(Math.round(count));
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** A count and its noun: `1 run`, `27 runs`. */
export function formatPlural(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A span of time from milliseconds: `3 ms`, `0.41 s`, `3.1 s`, `42 s`, `3 min 12 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) {
    return "—";
  }
  const ms = Math.max(0, milliseconds);
  if (ms < 99.5) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 995) {
    return `${(ms / 1000).toFixed(2)} s`;
  }
  if (ms < 9950) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600) {
    return twoUnits(seconds, 60, "min", "s");
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 1440 ? twoUnits(minutes, 60, "h", "min") : twoUnits(Math.round(minutes / 60), 24, "d", "h");
}

function twoUnits(amount: number, size: number, large: string, small: string): string {
  const rest = amount % size;
  return `${formatCount(Math.floor(amount / size))} ${large}${rest === 0 ? "" : ` ${rest} ${small}`}`;
}

const AGES: readonly (readonly [limit: number, unit: number, word: string])[] = [
  [3600e3, 60e3, "min"],
  [86400e3, 3600e3, "h"],
  [14 * 86400e3, 86400e3, "day"],
  [60 * 86400e3, 7 * 86400e3, "week"],
  [365 * 86400e3, 30.44 * 86400e3, "month"],
  [Number.POSITIVE_INFINITY, 365.25 * 86400e3, "year"],
];

/** How long ago an instant was, seen from `now` (both epoch milliseconds): `just now`, `5 min ago`, `2 days ago`, `in 3 h`. */
export function formatRelativeTime(time: number, now: number): string {
  const distance = Math.abs(now - time);
  if (!(distance >= 45e3)) {
    return "just now";
  }
  const [, unit, word] = AGES.find(([limit, size]) => Math.round(distance / size) * size < limit) ?? [0, 1, "ms"];
  const count = Math.max(1, Math.round(distance / unit));
  const amount = word.length > 3 || word === "day" ? formatPlural(count, word) : `${count} ${word}`;
  return time > now ? `in ${amount}` : `${amount} ago`;
}

/** An instant in UTC, the same on every machine: `2026-11-22 09:40:39 UTC`. */
export function formatAbsoluteTime(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "unknown time" : `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A size in decimal units, as disks and limits are given: `512 B`, `1.2 kB`, `312 MB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let amount = Math.max(0, bytes);
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  const digits = unit > 0 && amount < 9.95 ? amount.toFixed(1) : String(Math.round(amount));
  return `${digits} ${units[unit]}`;
}

/** The first eight characters of an id: enough to tell runs apart, short enough to read. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

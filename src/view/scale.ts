import { formatNumber } from "./format";

// What is nearer to zero is zero to an axis: its powers of ten are not doubles any more.
const TINY = 1e-300;

/** One axis: where a value lies between 0 and 1, and the values worth a label. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** A labelled value on an axis. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** A linear axis over a range, widened to round numbers (steps of 1, 2 or 5 times a power of ten). */
export function linearScale(low: number, high: number, count: number): Scale {
  const isFlat = high - low < TINY;
  const pad = isFlat ? (Math.abs(low) < TINY ? 1 : Math.abs(low) * 0.1) : 0;
  const step = niceStep((high - low + 2 * pad) / count);
  const first = Math.floor((low - pad) / step + 1e-9);
  const last = Math.ceil((high + pad) / step - 1e-9);
  const from = first * step;
  const span = (last - first) * step;
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => tick(roundTo((first + index) * step, step)));
  return { at: (value) => (value - from) / span, ticks };
}

/** A linear axis that begins and ends exactly where the data does; labels are whole numbers. */
export function stepScale(low: number, high: number, count: number): Scale {
  const span = high - low || 1;
  const step = Math.max(1, niceStep(span / count));
  const ticks: Tick[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) {
    ticks.push(tick(value));
  }
  return { at: (value) => (high === low ? 0.5 : (value - low) / span), ticks };
}

/** A logarithmic axis over a range of positive numbers, labelled at powers of ten, and at 2 and 5 times them when those are few. */
export function logScale(low: number, high: number): Scale {
  const from = Math.floor(Math.log10(Math.max(TINY, low)) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(TINY, high)) - 1e-9));
  const decades = to - from;
  const every = Math.ceil(decades / 6);
  const ticks: Tick[] = [];
  for (let exponent = from; exponent <= to; exponent += every) {
    const factors = decades <= 2 && exponent < to ? [1, 2, 5] : [1];
    ticks.push(...factors.map((factor) => tick(Number(`${factor}e${exponent}`))));
  }
  return { at: (value) => (Math.log10(Math.max(TINY, value)) - from) / decades, ticks };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const share = rough / power;
  return (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10) * power;
}

// Multiples of 0.1 are not exact; twelve digits below the step are more than a label shows.
function roundTo(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toPrecision(12));
}

function tick(value: number): Tick {
  return { value, label: formatNumber(value) };
}

/**
 * The sum with the rounding errors carried along (Neumaier's variant of Kahan's summation): exact to the last digit or
 * so at any length.
 */
export function exactSum(values: Iterable<number>): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    // Once infinite or NaN the sum stays so; the correction would turn infinity into NaN.
    if (!Number.isFinite(next)) lost = 0;
    else lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** The arithmetic mean; NaN of nothing. */
export function exactMean(values: readonly number[]): number {
  return exactSum(values) / values.length;
}

/**
 * The sum with the rounding errors carried along (Neumaier's variant of Kahan's summation): exact to the last digit or
 * so at any length.
 */
export function exactSum(values: ArrayLike<number>): number {
  let sum = 0;
  let lost = 0;
  // By index: an iterator costs several times as much until the loop is compiled, and metrics are computed once or twice.
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const next = sum + value;
    // Once infinite or NaN the sum stays so; the correction would turn infinity into NaN.
    if (!Number.isFinite(next)) lost = 0;
    else lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** The arithmetic mean; NaN of nothing. */
export function exactMean(values: ArrayLike<number>): number {
  return exactSum(values) / values.length;
}

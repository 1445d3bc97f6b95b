/**
 * The sum with the rounding errors carried along (Neumaier's summation, each error by Knuth's TwoSum): exact to the last digit or so at any
 * length.
 */
export function exactSum(values: ArrayLike<number>): number {
  let sum = 0;
  let lost = 0;
  // By index and without calls: both cost several times as much until the loop is compiled, and metrics are computed once or twice.
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const next = sum + value;
    const added = next - sum;
    lost += sum - (next - added) + (value - added);
    sum = next;
  }
  // Once infinite or NaN the sum stays so; the correction would turn infinity into NaN.
  return Number.isFinite(sum) ? sum + lost : sum;
}

/** The arithmetic mean; NaN of nothing. */
export function exactMean(values: ArrayLike<number>): number {
  return exactSum(values) / values.length;
}

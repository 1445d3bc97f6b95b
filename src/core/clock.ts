/** Wall-clock time in epoch milliseconds: the one place that reads it. */
export const now = (): number => Date.now();

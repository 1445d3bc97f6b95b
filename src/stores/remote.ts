/** The same store behind a wire: every method answers with a promise. */
export type Remote<Store> = {
  [K in keyof Store]: Store[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : Store[K];
};

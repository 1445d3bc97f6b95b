/** Work in steps, each of which may answer at once or with a promise: written once, done either way. */
export type Steps<T> = Generator<unknown, T, unknown>;

/** One step: `const run = yield* step(store.getRun(id))`. */
export function* step<T>(value: T | Promise<T>): Generator<unknown, T, unknown> {
  return (yield value) as T;
}

/** Does the work at once, where all of it answers at once. */
export function doNow<T>(steps: Steps<T>): T {
  let next = steps.next();
  while (!next.done) next = steps.next(next.value);
  return next.value;
}

/** Does the work however long its steps take. */
export async function doLater<T>(steps: Steps<T>): Promise<T> {
  let next = steps.next();
  while (!next.done) {
    let value: unknown;
    try {
      value = await next.value;
    } catch (error) {
      next = steps.throw(error);
      continue;
    }
    next = steps.next(value);
  }
  return next.value;
}

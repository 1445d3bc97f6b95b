/** What is used of the exports of `@tensorflow/tfjs-layers`. */
export interface LayersLibrary {
  readonly History: abstract new () => object;
  readonly CustomCallback: new (config: unknown, yieldEvery: unknown) => object;
}

/** The class that every callback of that copy of the library extends; it is not exported, but `History`'s parent. */
export const baseCallbackOf = (library: LayersLibrary): (new () => object) =>
  Object.getPrototypeOf(library.History) as new () => object;

/**
 * The user's callbacks as `standardizeCallbacks` in tfjs-layers' base_callbacks.ts makes them of what was given or not given,
 * the list untouched: no callbacks at all still mean one that yields to the event loop every 125 ms.
 *
 * @throws what tfjs throws for callbacks that it does not take.
 */
export function standardCallbacks(
  { callbacks, yieldEvery }: Readonly<Record<string, unknown>>,
  library: LayersLibrary,
): readonly unknown[] {
  const base = baseCallbackOf(library);
  const given = callbacks ?? {};
  if (given instanceof base) return [given];
  if (Array.isArray(given) && given[0] instanceof base) return given;
  const configs: readonly unknown[] = Array.isArray(given) ? given : [given];
  return configs.map((config) => new library.CustomCallback(config, yieldEvery));
}

/** Options with some replaced, the user's object untouched. */
export function replaceOptions(options: object, replaced: Readonly<Record<string, unknown>>): object {
  const prototype: unknown = Object.getPrototypeOf(options);
  if (prototype === null || prototype === Object.prototype) return { ...options, ...replaced };
  // An instance of a class may have its options as inherited accessors.
  const own = Object.entries(replaced).map(([name, value]) => [name, { value, enumerable: true }] as const);
  return Object.create(options, Object.fromEntries(own)) as object;
}

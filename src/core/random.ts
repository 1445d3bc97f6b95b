/** Loaded by the first id and not by `import "trackbook"`: no file of our own takes as long. */
const requireCrypto = () => require("node:crypto") as typeof import("node:crypto");

/** So many random bytes as hexadecimal digits. Not from `Math.random`, which may be the user's own and seeded. */
export const randomHex = (bytes: number): string => requireCrypto().randomBytes(bytes).toString("hex");

/** A random UUID, version 4. */
export const randomUuid = (): string => requireCrypto().randomUUID();

/** A random integer from 0 to `limit` - 1. */
export const randomInteger = (limit: number): number => requireCrypto().randomInt(limit);

/**
 * Calls `work` with a `Math.random` of our own: what it loads may draw random numbers while it loads (ts-morph does), which must not
 * be those of the user's, whose `Math.random` may be a seeded one.
 */
export function sparingRandom<T>(work: () => T): T {
  const { random } = Math;
  Math.random = () => randomInteger(2 ** 47) / 2 ** 47;
  try {
    return work();
  } finally {
    Math.random = random;
  }
}

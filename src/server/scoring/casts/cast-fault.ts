/** A value is not what its column holds, in a few words that say why. */
export class CastFault extends Error {
  override readonly name = "CastFault";
}

/** Makes a value of JSON one of a column's or a tensor's type. @throws CastFault */
export type Cast = (value: unknown) => unknown;

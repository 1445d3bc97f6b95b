import { InvalidInputError, messages } from "../core";

/**
 * The page token of an offset, as MLflow forms it: base64 of `{"offset": N}`.
 *
 * @example
 * encodeOffset(2); // "eyJvZmZzZXQiOiAyfQ=="
 */
export function encodeOffset(offset: number): string {
  return Buffer.from(`{"offset": ${offset}}`).toString("base64");
}

/**
 * The offset in a page token; 0 for none (`undefined` or `""`).
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE for what no page ever gave.
 */
export function decodeOffset(token: string | undefined): number {
  if (token === undefined || token === null || token === "") return 0;
  const offset = typeof token === "string" ? offsetIn(token) : undefined;
  if (!Number.isSafeInteger(offset) || (offset as number) < 1)
    throw new InvalidInputError(messages.badPageToken(token));
  return offset as number;
}

function offsetIn(token: string): unknown {
  try {
    const content: unknown = JSON.parse(Buffer.from(token, "base64").toString("utf8"));
    return (content as { offset?: unknown } | null)?.offset;
  } catch {
    return undefined;
  }
}

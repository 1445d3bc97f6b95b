import { InvalidInputError, messages } from "../core";

/** A port, 0 for any free one. @throws InvalidInputError */
export function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidInputError(messages.badPort(text));
  return port;
}

/** A number of processes. @throws InvalidInputError */
export function readWorkers(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 256) throw new InvalidInputError(messages.badCount(text, 1));
  return count;
}

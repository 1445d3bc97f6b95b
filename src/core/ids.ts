import { randomHex, randomInteger } from "./random";

/** A run's id: 32 lower-case hexadecimal digits. */
export const newRunId = (): string => randomHex(16);

/** A LoggedModel's id. */
export const newModelId = (): string => `m-${randomHex(16)}`;

/** A run's name as MLflow forms it: `adjective-animal-N`, N from 0 to 1000, at most 20 characters. */
export function newRunName(): string {
  const { ADJECTIVES, ANIMALS } = require("./random-names") as typeof import("./random-names");
  const pick = (words: readonly string[]) => words[randomInteger(words.length)] as string;
  for (let attempt = 0; attempt < 10; attempt++) {
    const name = `${pick(ADJECTIVES)}-${pick(ANIMALS)}-${randomInteger(1001)}`;
    if (name.length <= 20) return name;
  }
  return `${pick(ADJECTIVES)}-${pick(ANIMALS)}`.slice(0, 20);
}

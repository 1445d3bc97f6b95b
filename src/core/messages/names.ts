import type { Problem } from "../errors";
import { LIMITS } from "../limits";

const KEY_CHARACTERS = "letters, digits, _ - . space : /";

/** What is said of the names of metrics, params, tags and of other things. */
export const nameMessages = {
  keyNotString: (kind: string, key: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The name of a ${kind} must be a string.`,
    received: key,
    accepted: `a string of 1 to ${LIMITS.keyLength} characters: ${KEY_CHARACTERS}`,
  }),
  keyTooLong: (kind: string, key: string, limit: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The name of the ${kind} has ${key.length} characters, ${key.length - limit} too many.`,
    received: key,
    accepted: `at most ${limit} characters`,
    hint: "shorten the name and keep the long form in a tag's value.",
  }),
  keyCharacters: (kind: string, key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid ${kind} name.`,
    received: key,
    accepted: KEY_CHARACTERS,
  }),
  keyNotNormalised: (kind: string, key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid ${kind} name: names are paths below the run and must be normalised.`,
    received: key,
    accepted: "no '..', no '.', no '//' and no leading or trailing '/'",
  }),
  nameLength: (kind: string, name: unknown, limit: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid ${kind} name.`,
    received: name,
    accepted: `a string of 1 to ${limit} characters`,
  }),
  badImageKey: (key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid key of an image.",
    received: key,
    accepted: "letters a to z, digits, _ - . space /; or a file name that ends in .png, .jpg or .jpeg",
  }),
  badModelName: (name: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid model name.",
    received: name,
    accepted: "a string that is not empty and has none of / : . % \" '",
  }),
  keyCollides: (kind: string, key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The ${kind} "${key}" cannot be kept: names are paths, and one cannot be a file and a folder at once.`,
    received: key,
    accepted: "a name that is no part of another's path, such as a and a/b would be",
  }),
  keyTooLongForDisk: (kind: string, key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The ${kind}'s name is longer than this file system allows.`,
    received: key,
    accepted: "names whose parts between '/' have at most 255 bytes of UTF-8",
  }),
};

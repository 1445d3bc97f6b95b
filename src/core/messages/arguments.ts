import type { Problem } from "../errors";

/** What is said of the options and arguments of a call, whatever it is about. */
export const argumentMessages = {
  unknownOption: (verb: string, key: string, accepted: readonly string[], nearest?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${verb} has no option "${key}".`,
    received: key,
    accepted: accepted.join(", "),
    hint: nearest ? `did you mean "${nearest}"?` : undefined,
  }),
  givenTwice: (what: string, one: string, other: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} is given twice, as ${one} and as ${other}.`,
    accepted: "one of the two",
  }),
  wrongType: (what: string, value: unknown, accepted: string, hint?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} has the wrong type.`,
    received: value,
    accepted,
    hint,
  }),
  missingPackage: (what: string, command: string): Problem => ({
    code: "MISSING_PACKAGE",
    what,
    hint: `run ${command}`,
  }),
};

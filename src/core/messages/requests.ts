import type { Problem } from "../errors";

/** What is said of how a call, a search or a command was put. */
export const requestMessages = {
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
    what: `${what}: a value of the wrong type.`,
    received: value,
    accepted,
    hint,
  }),
  missingPackage: (what: string, command: string): Problem => ({
    code: "MISSING_PACKAGE",
    what,
    hint: `run ${command}`,
  }),
  badPageToken: (token: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid page token.",
    received: token,
    accepted: "the nextPageToken of the page before",
  }),
  badMaxResults: (value: unknown, limit: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid maxResults.",
    received: value,
    accepted: `a whole number from 1 to ${limit}`,
  }),
  badFilter: (filter: string, what: string, accepted?: string, hint?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid filter: ${what}`,
    received: filter,
    accepted,
    hint,
  }),
  badOrderBy: (clause: unknown, what: string, accepted?: string, hint?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid order_by: ${what}`,
    received: clause,
    accepted,
    hint,
  }),
  ambiguousId: (kind: string, prefix: string, matches: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${matches.length} ${kind}s have an id that begins so: ${matches.slice(0, 5).join(", ")}${matches.length > 5 ? ", …" : ""}.`,
    received: prefix,
    accepted: "a whole id, or as much of its beginning as no other has",
  }),
  badAge: (text: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no span of time.",
    received: text,
    accepted: "days, hours, minutes and seconds in this order, such as 30d, 8h, 1d2h3m4s",
  }),
  badPair: (text: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no key and value.",
    received: text,
    accepted: "key=value",
  }),
  badCount: (text: string, least: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no count.",
    received: text,
    accepted: `a whole number from ${least} on`,
  }),
  deletedTooLately: (kind: string, ids: readonly string[], age: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Not deleted for ${age} yet: ${kind} ${ids.join(", ")}.`,
    received: ids[0],
    accepted: `${kind}s that were deleted at least ${age} ago`,
  }),
};

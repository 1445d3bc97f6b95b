import type { Problem } from "../errors";

/** What is said of the words of a command line. */
export const commandLineMessages = {
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

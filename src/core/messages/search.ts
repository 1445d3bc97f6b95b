import type { Problem } from "../errors";

/** What is said of filters, orders and pages of a search. */
export const searchMessages = {
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
};

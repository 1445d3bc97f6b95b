import { InvalidInputError, messages, type ViewType, validateOptions } from "../../core";
import { requireTexts } from "../arguments";

/** How to search. */
export interface SearchOptions {
  /** Clauses such as `metrics.loss < 0.1 AND params.lr = '0.01'`. @default everything */
  readonly filter?: string;
  /** Items such as `metrics.loss ASC`. @default newest first */
  readonly orderBy?: readonly string[];
  /** Items per page, at most 50,000. @default 1000 */
  readonly maxResults?: number;
  /** The former page's `nextPageToken`. */
  readonly pageToken?: string;
  /** Whether deleted ones count. @default "ACTIVE_ONLY" */
  readonly viewType?: ViewType;
}

const VIEW_TYPES: readonly ViewType[] = ["ACTIVE_ONLY", "DELETED_ONLY", "ALL"];

/** @throws INVALID_PARAMETER_VALUE for an unknown option or a value of the wrong type; what a filter says is checked by the search */
export function checkSearchOptions(
  verb: string,
  options: SearchOptions,
  accepted: readonly string[] = ["filter", "orderBy", "maxResults", "pageToken", "viewType"],
): void {
  validateOptions(verb, options, accepted);
  const { filter, orderBy, viewType } = options;
  if (filter !== undefined && typeof filter !== "string")
    throw new InvalidInputError(
      messages.wrongType("The filter", filter, "a string", 'filter: "metrics.loss < 0.2" is right.'),
    );
  if (orderBy !== undefined) requireTexts("orderBy", orderBy);
  if (viewType !== undefined && !VIEW_TYPES.includes(viewType))
    throw new InvalidInputError(
      messages.wrongType("The viewType", viewType, VIEW_TYPES.join(", "), "leave it out for what is not deleted."),
    );
}

import { InvalidInputError, messages, type ViewType, validateOptions } from "../../core";
import type { SearchOptions } from "../../search";
import { requireTexts } from "../arguments";

export type { SearchOptions, SearchQuery } from "../../search";

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

import { LIMITS, type ModelVersion, type Page } from "../core";
import { type Comparison, type Expression, type OrderTerm, parseOrderBy, parseFilter } from "./language";
import { readLimits, runQuery, type SearchQuery } from "./page-query";
import { MODEL_VERSION_TABLE, PROMPT_TAG, REGISTERED_MODEL_TABLE, type SearchedModel } from "./tables";
import { withTies } from "./tie-breakers";

const NO_PROMPTS: Comparison = {
  kind: "comparison",
  entity: "tag",
  key: PROMPT_TAG,
  operator: "!=",
  value: "true",
};

/** As in MLflow, prompts are found only by a filter that speaks of their tag. */
function withoutPrompts(filter: Expression): Expression {
  const speaksOfPrompts = someComparison(filter, ({ entity, key }) => entity === "tag" && key === PROMPT_TAG);
  return speaksOfPrompts ? filter : { kind: "and", operands: [filter, NO_PROMPTS] };
}

function someComparison(expression: Expression, test: (comparison: Comparison) => boolean): boolean {
  if (expression.kind === "comparison") return test(expression);
  if (expression.kind === "not") return someComparison(expression.operand, test);
  return expression.operands.some((operand) => someComparison(operand, test));
}

/**
 * The filter of a search of registered models as data, for stores that compile it themselves. An item without the tag
 * `mlflow.prompt.is_prompt` counts as having it with the value `false`.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function parseRegisteredModelFilter(text: string | undefined): Expression {
  return withoutPrompts(parseFilter(text, REGISTERED_MODEL_TABLE));
}

/**
 * The whole order of a search of registered models: the items asked for, then `name ASC`.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function parseRegisteredModelOrderBy(items: readonly string[] | undefined): readonly OrderTerm[] {
  return withTies(parseOrderBy(items, REGISTERED_MODEL_TABLE), [
    { entity: "attribute", key: "name", isAscending: true },
  ]);
}

/**
 * A page of those registered `models` that pass the filter, in order.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 * @example searchRegisteredModels(models, { filter: "name LIKE 'wine%' AND tags.team = 'vision'" });
 */
export function searchRegisteredModels<T extends SearchedModel>(models: Iterable<T>, query: SearchQuery = {}): Page<T> {
  const filter = parseRegisteredModelFilter(query.filter);
  const terms = parseRegisteredModelOrderBy(query.orderBy);
  const limits = readLimits(query, LIMITS.registeredModelsDefaultResults, LIMITS.registeredModelsMaxResults);
  return runQuery<T>(models, { filter, terms, ...limits }, REGISTERED_MODEL_TABLE);
}

/**
 * The filter of a search of model versions as data, for stores that compile it themselves; prompts as in
 * {@link parseRegisteredModelFilter}.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function parseModelVersionFilter(text: string | undefined): Expression {
  return withoutPrompts(parseFilter(text, MODEL_VERSION_TABLE));
}

/**
 * The whole order of a search of model versions. As in MLflow: the items asked for or else `last_updated_timestamp DESC`, then
 * `name ASC` and `version_number DESC`.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function parseModelVersionOrderBy(items: readonly string[] | undefined): readonly OrderTerm[] {
  const asked = parseOrderBy(items, MODEL_VERSION_TABLE);
  const newestFirst: OrderTerm = { entity: "attribute", key: "last_updated_timestamp", isAscending: false };
  return withTies(asked.length > 0 ? asked : [newestFirst], [
    { entity: "attribute", key: "name", isAscending: true },
    { entity: "attribute", key: "version_number", isAscending: false },
  ]);
}

/**
 * A page of those `versions` that pass the filter, in order.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 * @example searchModelVersions(versions, { filter: "name = 'wine' AND run_id IN ('a', 'b')" });
 */
export function searchModelVersions(versions: Iterable<ModelVersion>, query: SearchQuery = {}): Page<ModelVersion> {
  const filter = parseModelVersionFilter(query.filter);
  const terms = parseModelVersionOrderBy(query.orderBy);
  const limits = readLimits(query, LIMITS.modelVersionsDefaultResults, LIMITS.modelVersionsMaxResults);
  return runQuery(versions, { filter, terms, ...limits }, MODEL_VERSION_TABLE);
}

/**
 * The names of those registered models whose versions can pass a filter; `undefined` when it does not say. Most filters are
 * `name = '…'`, and a registry can hold very many models.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE
 */
export function modelNamesIn(filter: string | undefined): readonly string[] | undefined {
  const expression = parseFilter(filter, MODEL_VERSION_TABLE);
  const clauses = expression.kind === "and" ? expression.operands : [expression];
  for (const clause of clauses) {
    if (clause.kind !== "comparison" || clause.entity !== "attribute" || clause.key !== "name") continue;
    if (clause.operator === "=") return [clause.value as string];
    if (clause.operator === "IN") return clause.value as readonly string[];
  }
  return undefined;
}

export {
  type Comparison,
  type ComparisonValue,
  type Conjunction,
  type Disjunction,
  type EntityKind,
  type Expression,
  type ListOperator,
  type Negation,
  type NumberOperator,
  type Operator,
  type OrderTerm,
  ownValue,
  type PresenceOperator,
  requirePlainFilter,
  type TextOperator,
} from "./language";
export { readLimits, type SearchOptions, type SearchQuery } from "./page-query";
export { decodeOffset, encodeOffset } from "./page-token";
export { quoted } from "./quoted";
export { parseExperimentFilter, parseExperimentOrderBy, searchExperiments } from "./search-experiments";
export {
  type LoggedModelQuery,
  metricsSearched,
  parseLoggedModelFilter,
  parseLoggedModelOrderBy,
  searchLoggedModels,
} from "./search-logged-models";
export {
  modelNamesIn,
  parseModelVersionFilter,
  parseModelVersionOrderBy,
  parseRegisteredModelFilter,
  parseRegisteredModelOrderBy,
  searchModelVersions,
  searchRegisteredModels,
} from "./search-registry";
export { parseRunFilter, parseRunOrderBy, planRunSearch, type RunSearchPlan, searchRuns } from "./search-runs";
export { type DatasetFilter, PROMPT_TAG, type RunFields } from "./tables";

export { compileExpression } from "./evaluation";
export {
  type Comparison,
  type ComparisonValue,
  type Conjunction,
  type Disjunction,
  type EntityKind,
  type Expression,
  formatExpression,
  type ListOperator,
  type Negation,
  type NumberOperator,
  type Operator,
  type PresenceOperator,
  type TextOperator,
} from "./expression";
export { type OrderTerm, parseOrderBy, sortBy } from "./order-by";
export { parseFilter } from "./parser";
export {
  closedEntity,
  type Field,
  LIST_OPERATORS,
  NUMBER_OPERATORS,
  openEntity,
  ownValue,
  PRESENCE_OPERATORS,
  type SearchTable,
  TEXT_OPERATORS,
} from "./search-table";

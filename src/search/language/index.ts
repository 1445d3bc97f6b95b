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
export { requirePlainFilter } from "./plain-filter";
export { closedEntity, openEntity, ownValue, type Field, type SearchTable } from "./search-table";
export { numberField, ownNumber, ownText, textField } from "./fields";

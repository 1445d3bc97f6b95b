import type { EntityKind, ListOperator, NumberOperator, Operator, PresenceOperator, TextOperator } from "./expression";

export type FieldValue = number | string;

/** A key that can be searched: how its values are written, which operators take it, how it is read. */
export interface Field<T> {
  /** The key under its own name, aliases resolved. */
  readonly key: string;
  /** `integer` is a `number` that refuses a fraction or exponent. */
  readonly type: "text" | "number" | "integer";
  /** Empty for a key that is only ordered by. */
  readonly operators: readonly Operator[];
  /** Whether ORDER BY takes it. */
  readonly isOrderable: boolean;
  /** `undefined` when the item lacks it; of several values (data sets) a clause needs one to match. */
  readonly read: (item: T) => FieldValue | readonly FieldValue[] | undefined;
  /** What ORDER BY compares, where that is not what `read` gives. */
  readonly sortKey?: (item: T) => FieldValue | undefined;
}

/** The keys of one kind of entity. */
export interface EntityTable<T> {
  /** The field of `key`, which may be an alias; `undefined` when there is none. */
  readonly field: (key: string) => Field<T> | undefined;
  /** Every key, without its aliases, where the keys are a closed set. */
  readonly keys?: readonly string[];
}

/** Everything that can be searched in one sort of thing: the one place where its keys, types and operators are declared. */
export interface SearchTable<T> {
  readonly entities: Readonly<Partial<Record<EntityKind, EntityTable<T>>>>;
}

export const NUMBER_OPERATORS: readonly NumberOperator[] = ["=", "!=", ">", ">=", "<", "<="];
export const TEXT_OPERATORS: readonly TextOperator[] = ["=", "!=", "LIKE", "ILIKE"];
export const LIST_OPERATORS: readonly ListOperator[] = ["IN", "NOT IN"];
export const PRESENCE_OPERATORS: readonly PresenceOperator[] = ["IS NULL", "IS NOT NULL"];

/** MLflow's names for each kind of entity (mlflow/utils/search_utils.py, `_VALID_IDENTIFIERS`). */
export const ENTITY_NAMES: ReadonlyMap<string, EntityKind> = new Map([
  ["attribute", "attribute"],
  ["attributes", "attribute"],
  ["attr", "attribute"],
  ["run", "attribute"],
  ["metric", "metric"],
  ["metrics", "metric"],
  ["param", "param"],
  ["params", "param"],
  ["parameter", "param"],
  ["parameters", "param"],
  ["tag", "tag"],
  ["tags", "tag"],
  ["dataset", "dataset"],
  ["datasets", "dataset"],
]);

/** A closed set of keys, `aliases` giving further names to some. */
export function closedEntity<T>(
  fields: readonly Field<T>[],
  aliases: Readonly<Record<string, string>> = {},
): EntityTable<T> {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  for (const [alias, key] of Object.entries(aliases)) byKey.set(alias, byKey.get(key) as Field<T>);
  return { field: (key) => byKey.get(key), keys: fields.map((field) => field.key) };
}

/** Keys that the user chose: metrics, params, tags. */
export function openEntity<T>(field: (key: string) => Omit<Field<T>, "key">): EntityTable<T> {
  return { field: (key) => ({ key, ...field(key) }) };
}

/** The field of a key that a parser has found in `table`. */
export function fieldOf<T>(
  table: SearchTable<T>,
  { entity, key }: { readonly entity: EntityKind; readonly key: string },
): Field<T> {
  return table.entities[entity]?.field(key) as Field<T>;
}

/** The own property `key`: a param may be called `constructor`. */
export function ownValue<V>(record: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

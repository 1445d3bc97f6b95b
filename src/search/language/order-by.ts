import { InvalidInputError, messages } from "../../core";
import type { EntityKind } from "./expression";
import { fieldOf, type FieldValue, type SearchTable } from "./search-table";
import { TokenReader } from "./token-reader";

/** How many keys may be ordered by: each is a table to a database, and none joins more than 61. */
const MAX_TERMS = 50;

/** One item of an ORDER BY, its key resolved. */
export interface OrderTerm {
  readonly entity: EntityKind;
  readonly key: string;
  readonly isAscending: boolean;
}

/**
 * Parses ORDER BY items, each `key [ASC|DESC]`, ascending when it does not say.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE; also for a key that is ordered by twice.
 */
export function parseOrderBy<T>(items: readonly string[] | undefined, table: SearchTable<T>): readonly OrderTerm[] {
  if (items === undefined || items === null) return [];
  if (!Array.isArray(items))
    throw new InvalidInputError(
      messages.wrongType("orderBy", items, "an array of texts", 'orderBy: ["metrics.loss ASC"] is right.'),
    );
  if (items.length > MAX_TERMS) {
    const hint = "what stands behind the first few seldom decides.";
    throw new InvalidInputError(messages.badOrderBy(items.length, "too many keys.", `at most ${MAX_TERMS}`, hint));
  }
  const terms: OrderTerm[] = [];
  const seen = new Set<string>();
  for (const item of items) {
    const term = parseItem(item, table);
    const identity = `${term.entity}.${term.key}`;
    if (seen.has(identity)) throw new InvalidInputError(messages.badOrderBy(item, "the same key stands there twice."));
    seen.add(identity);
    terms.push(term);
  }
  return terms;
}

function parseItem<T>(item: unknown, table: SearchTable<T>): OrderTerm {
  if (typeof item !== "string")
    throw new InvalidInputError(
      messages.wrongType("An item of orderBy", item, "a text", 'orderBy: ["metrics.loss ASC"] is right.'),
    );
  const reader = new TokenReader(item, (what, accepted, hint) => messages.badOrderBy(item, what, accepted, hint));
  const { entity, field, start } = reader.readKey(table);
  if (!field.isOrderable) reader.fail(start, `a ${entity} cannot be ordered by`, orderableKeys(table).join(", "));
  const isDescending = reader.takeWord("DESC");
  if (!isDescending) reader.takeWord("ASC");
  const rest = reader.peek();
  if (rest.kind !== "end")
    reader.failAt(
      rest,
      "one key, then ASC, DESC or nothing",
      rest.text === "," ? "each key is an item of its own." : undefined,
    );
  return { entity, key: field.key, isAscending: !isDescending };
}

function orderableKeys<T>({ entities }: SearchTable<T>): string[] {
  const attributes = entities.attribute;
  const closed = (attributes?.keys ?? []).filter((key) => attributes?.field(key)?.isOrderable);
  const open = (["metric", "param", "tag"] as const).filter((kind) => entities[kind]?.field("key")?.isOrderable);
  return [...closed, ...open.map((kind) => `${kind}s.<key>`)];
}

/** `items` in the order of `terms`: numbers by value, texts by code point; NaN behind all values, missing keys behind NaN. */
export function sortBy<T>(items: readonly T[], terms: readonly OrderTerm[], table: SearchTable<T>): readonly T[] {
  const columns = terms.map((term) => sortColumn(items, term, table));
  const order = Uint32Array.from(items.keys());
  order.sort((a, b) => {
    for (const compare of columns) {
      const difference = compare(a, b);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
  return Array.from(order, (index) => items[index] as T);
}

/** How a value stands to one without: 0: has a value, 1: NaN, 2: lacks the key. Ascending and descending alike. */
const [IS_NAN, IS_MISSING, UNREAD] = [1, 2, 3];

/** Compares two items, by their indexes, by one term. An item's value is read when it is first compared, once: few are by the tie-breakers. */
function sortColumn<T>(items: readonly T[], term: OrderTerm, table: SearchTable<T>): (a: number, b: number) => number {
  const field = fieldOf(table, term);
  const read = field.sortKey ?? (field.read as (item: T) => FieldValue | undefined);
  const direction = term.isAscending ? 1 : -1;
  const ranks = new Uint8Array(items.length).fill(UNREAD);
  const values = new Array<FieldValue>(items.length).fill(0);
  const rankOf = (index: number): number => {
    if (ranks[index] !== UNREAD) return ranks[index] as number;
    const value = read(items[index] as T);
    if (value === undefined || Number.isNaN(value)) {
      ranks[index] = value === undefined ? IS_MISSING : IS_NAN;
    } else {
      ranks[index] = 0;
      values[index] = typeof value === "string" ? byCodePoint(value) : value;
    }
    return ranks[index] as number;
  };
  return (a, b) => {
    const rank = rankOf(a) - rankOf(b);
    if (rank !== 0) return rank;
    const left = values[a] as FieldValue;
    const right = values[b] as FieldValue;
    return left < right ? -direction : left > right ? direction : 0;
  };
}

/**
 * A text whose UTF-16 units sort as the code points of `text` do, the order of databases: surrogates move above the
 * rest of the units.
 */
function byCodePoint(text: string): string {
  return text.replace(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code >= 0xe000 ? code - 0x800 : code + 0x2000);
  });
}

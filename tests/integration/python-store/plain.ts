/**
 * An entity with all that is in it, in the form that store.py gives Python's: names in snake_case, every number as the bits of its double, what is
 * unset left out. Nothing is chosen: a field that one side has and the other has not is a difference.
 */
export type Plain = string | boolean | readonly Plain[] | { readonly [name: string]: Plain };

/** Fields that hold names of the user's own, in place of fields of an entity. */
const RECORDS = new Set(["params", "tags", "metrics", "aliases", "histories", "artifacts"]);

/** @throws Error for what no entity holds */
export function plainOf(value: unknown, isRecord = false): Plain {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return bits(value);
  if (Array.isArray(value)) return value.map((item) => plainOf(item));
  if (typeof value !== "object" || value === null) throw new Error(`an entity holds ${String(value)}`);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.map(([name, field]) => [isRecord ? name : snakeCase(name), plainOf(field, !isRecord && RECORDS.has(name))]),
  );
}

/** A field that is not compared, and why. */
export interface IgnoredField {
  /** The names on the way to it; `*` stands for any key of a record, and lists have none. */
  readonly path: string;
  readonly reason: string;
  /** Only in entities that have this field as well. */
  readonly beside?: string;
}

/** The value without the ignored fields, its lists in one order except those below `histories`; `used` is told each field that was left out. */
export function comparable(value: Plain, ignored: readonly IgnoredField[], used: (field: IgnoredField) => void): Plain {
  const visit = (plain: Plain, path: readonly string[]): Plain => {
    if (typeof plain !== "object") return plain;
    if (isList(plain)) {
      const items = plain.map((item) => visit(item, path));
      return path.includes("histories") ? items : items.sort((one, other) => (text(one) < text(other) ? -1 : 1));
    }
    const kept = Object.entries(plain).filter(([name]) => {
      const field = ignored.find((known) => matches(known, [...path, name], plain));
      if (field) used(field);
      return !field;
    });
    return Object.fromEntries(kept.map(([name, field]) => [name, visit(field, [...path, name])]));
  };
  return visit(value, []);
}

function matches({ path, beside }: IgnoredField, names: readonly string[], entity: { readonly [name: string]: Plain }) {
  const wanted = path.split(".");
  if (wanted.length !== names.length || (beside !== undefined && !(beside in entity))) return false;
  return wanted.every((name, index) => name === "*" || name === names[index]);
}

const isList = (plain: object): plain is readonly Plain[] => Array.isArray(plain);

/** With its keys sorted, so that equal values have equal texts. */
const text = (plain: Plain): string =>
  JSON.stringify(plain, (_, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The eight bytes of a double, as hexadecimal digits. */
export function bits(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}

import { InvalidInputError, messages, nearest } from "../../core";
import { DATA_TYPES, type ColumnType, type DataType, type PropertyType, isTensorType, type TensorType } from "../table";
/** What one text declares: a column, or a tensor. */
export type DeclaredPart =
  | { readonly kind: "column"; readonly type: ColumnType; readonly required: boolean }
  | { readonly kind: "tensor"; readonly dtype: TensorType; readonly shape: readonly number[] };

const TENSOR = /^\s*([a-z]+\d*(?:\[ns\])?)\s*\[([-\d,\s]*)\]\s*$/;
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{}[\]:?,]|[^\s{}[\]:?,"]+)/y;

/**
 * Reads the form in which signatures are shown. A column: `long`, `string?` (may be missing), `double[]`, `{ lat: double, city?: string }`,
 * `{ [key]: double }`; a tensor: `float32[-1, 4]`.
 *
 * @throws InvalidInputError naming the word that is no type, and the nearest one that is.
 */
export function readTypeText(what: string, text: unknown): DeclaredPart {
  if (typeof text !== "string") throw new InvalidInputError(messages.badTypeText(what, text, DATA_TYPES));
  const [, dtype = "", lengths = ""] = TENSOR.exec(text) ?? [];
  if (isTensorType(dtype)) return { kind: "tensor", dtype, shape: readShape(what, text, lengths) };
  return new TypeReader(what, text).readColumn();
}

function readShape(what: string, text: string, lengths: string): readonly number[] {
  if (lengths.trim() === "") return [];
  const shape = lengths.split(",").map((length) => (length.trim() === "" ? Number.NaN : Number(length)));
  if (shape.every((length) => Number.isSafeInteger(length) && length >= -1)) return shape;
  throw new InvalidInputError(messages.badTypeText(what, text, DATA_TYPES));
}

/** Reads the tokens of one column's type from left to right. */
class TypeReader {
  readonly #what: string;
  readonly #text: string;
  readonly #tokens: readonly string[];
  #position = 0;

  constructor(what: string, text: string) {
    this.#what = what;
    this.#text = text;
    this.#tokens = this.#split();
  }

  readColumn(): DeclaredPart {
    const type = this.#readType();
    const required = !this.#take("?");
    if (this.#position < this.#tokens.length) this.#refuse();
    return { kind: "column", type, required };
  }

  #split(): readonly string[] {
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    const end = this.#text.trimEnd().length;
    while (TOKEN.lastIndex < end) {
      const [, token] = TOKEN.exec(this.#text) ?? [];
      if (token === undefined) return this.#refuse();
      tokens.push(token);
    }
    return tokens;
  }

  #readType(): ColumnType {
    let type: ColumnType = this.#take("{") ? this.#readObject() : { type: this.#readName() };
    while (this.#take("[")) {
      if (!this.#take("]")) this.#refuse();
      type = { type: "array", items: type };
    }
    return type;
  }

  #readName(): DataType | "any" {
    const name = this.#tokens[this.#position++];
    if (DATA_TYPES.includes(name as DataType)) return name as DataType;
    return this.#refuse(name);
  }

  #readObject(): ColumnType {
    if (this.#take("[")) return this.#readMap();
    const properties: [string, PropertyType][] = [];
    while (!this.#take("}")) {
      if (properties.length > 0 && !this.#take(",")) this.#refuse();
      const name = this.#tokens[this.#position++] ?? this.#refuse();
      const required = !this.#take("?");
      if (!this.#take(":")) this.#refuse();
      properties.push([name.startsWith('"') ? this.#unquote(name) : name, { ...this.#readType(), required }]);
    }
    return { type: "object", properties: Object.fromEntries(properties) };
  }

  /** What follows `{ [`: `key]: double }`. */
  #readMap(): ColumnType {
    this.#position++;
    if (!this.#take("]") || !this.#take(":")) this.#refuse();
    const values = this.#readType();
    if (!this.#take("}")) this.#refuse();
    return { type: "map", values };
  }

  #unquote(name: string): string {
    try {
      return JSON.parse(name) as string;
    } catch {
      return this.#refuse();
    }
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#position] !== token) return false;
    this.#position++;
    return true;
  }

  #refuse(word?: string): never {
    const near = word === undefined ? undefined : nearest(word, DATA_TYPES);
    throw new InvalidInputError(messages.badTypeText(this.#what, this.#text, DATA_TYPES, near));
  }
}
